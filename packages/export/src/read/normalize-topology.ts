import { isRecord } from './is-record.ts';

type Json = Readonly<Record<string, unknown>>;

/** Finds the tensors in a Keras 3 call, in the order of its arguments. */
const tensorsIn = (value: unknown): unknown[][] => {
  if (Array.isArray(value)) return value.flatMap(tensorsIn);
  if (!isRecord(value)) return [];
  const { class_name: className, config } = value;
  if (className === '__keras_tensor__' && isRecord(config) && Array.isArray(config['keras_history'])) {
    return [[...(config['keras_history'] as unknown[]), {}]];
  }
  return Object.values(value).flatMap(tensorsIn);
};

/** Keras 3 writes a call as `{ args, kwargs }`, Keras 2 as the list of its tensors. */
const normalizeCall = (call: unknown): unknown =>
  isRecord(call) ? tensorsIn([call['args'], call['kwargs']]) : call;

/** Keras 3 writes a lone end of a model as `[name, node, tensor]`, Keras 2 as a list of such. */
const normalizeEnds = (ends: unknown): unknown =>
  Array.isArray(ends) && typeof ends[0] === 'string' ? [ends] : ends;

const normalizeDtype = (dtype: unknown): unknown =>
  isRecord(dtype) && isRecord(dtype['config']) ? dtype['config']['name'] : dtype;

/** What Keras 3 renamed, by its new name. */
const OLD_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  InputLayer: { batch_shape: 'batch_input_shape' },
  LeakyReLU: { negative_slope: 'alpha' },
};

const normalizeSetting = (name: string, value: unknown): unknown => {
  if (name === 'dtype') return normalizeDtype(value);
  if (name === 'layers') return Array.isArray(value) ? value.map(normalizeLayer) : value;
  if (name === 'input_layers' || name === 'output_layers') return normalizeEnds(value);
  return value;
};

const normalizeConfig = (className: unknown, config: unknown): unknown => {
  if (Array.isArray(config)) return config.map(normalizeLayer);
  if (!isRecord(config)) return config;
  const oldNames = OLD_NAMES[String(className)] ?? {};
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [oldNames[name] ?? name, normalizeSetting(name, value)]),
  );
};

const normalizeLayer = (layer: unknown): unknown => {
  if (!isRecord(layer)) return layer;
  const { inbound_nodes: calls } = layer;
  return {
    ...layer,
    config: normalizeConfig(layer['class_name'], layer['config']),
    ...(Array.isArray(calls) ? { inbound_nodes: calls.map(normalizeCall) } : {}),
  };
};

/**
 * Puts the topology of a Keras model into Keras 2's form, which is the one that tfjs-layers reads. Keras 3 writes calls,
 * data types, input shapes and a few settings in another way; a Keras 2 topology comes back as it is.
 *
 * @param model `class_name` and `config` of a model, as in `modelTopology`.
 */
export const normalizeTopology = (model: Json): Json => normalizeLayer(model) as Json;
