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

/** The names of layers that are models themselves. */
type ModelNames = ReadonlySet<unknown>;

/** Keras 2 counts the making of a model as its first call, Keras 3 does not. */
const countCalls = (reference: readonly unknown[], models: ModelNames): unknown[] => {
  const [name, call, ...rest] = reference;
  return [name, models.has(name) && typeof call === 'number' ? call + 1 : call, ...rest];
};

/** Keras 3 writes out which mask a layer gets, which tfjs-layers finds by itself. */
const withoutMask = (settings: unknown): unknown =>
  isRecord(settings)
    ? Object.entries(settings).flatMap(([name, value]) => (name === 'mask' ? [] : [value]))
    : [];

/** Keras 3 writes a call as `{ args, kwargs }`, Keras 2 as the list of its tensors. */
const normalizeCall = (call: unknown, models: ModelNames): unknown =>
  isRecord(call)
    ? tensorsIn([call['args'], withoutMask(call['kwargs'])]).map((tensor) => countCalls(tensor, models))
    : call;

/** Keras 3 writes a lone end of a model as `[name, node, tensor]`, Keras 2 as a list of such. */
const normalizeEnds = (ends: unknown, models: ModelNames): unknown => {
  if (!Array.isArray(ends)) return ends;
  const list: unknown[] = typeof ends[0] === 'string' ? [ends] : ends;
  return list.map((end) => (Array.isArray(end) ? countCalls(end, models) : end));
};

const normalizeDtype = (dtype: unknown): unknown =>
  isRecord(dtype) && isRecord(dtype['config']) ? dtype['config']['name'] : dtype;

/** What Keras 3 renamed, by its new name. */
const OLD_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  InputLayer: { batch_shape: 'batch_input_shape' },
  LeakyReLU: { negative_slope: 'alpha' },
};

const callsOf = (layer: unknown): readonly unknown[] => {
  const calls = isRecord(layer) ? layer['inbound_nodes'] : undefined;
  return Array.isArray(calls) ? calls : [];
};

const MODELS = new Set<unknown>(['Functional', 'Model', 'Sequential']);

/** The models among layers that were written by Keras 3. */
const modelsAmong = (layers: unknown): ModelNames => {
  const list: unknown[] = Array.isArray(layers) ? layers : [];
  if (!list.flatMap(callsOf).some(isRecord)) return new Set();
  return new Set(
    list
      .filter(isRecord)
      .filter((layer) => MODELS.has(layer['class_name']))
      .map((layer) => layer['name'] ?? (layer['config'] as Json)['name']),
  );
};

/** The comparison that makes a mask in Keras 3, where nothing else reads it: tfjs-layers has no such layer. */
const isMaskMaker = (layer: unknown, read: ReadonlySet<unknown>): boolean =>
  isRecord(layer) && layer['class_name'] === 'NotEqual' && !read.has(layer['name']);

const normalizeLayers = (layers: readonly unknown[], models: ModelNames): readonly unknown[] => {
  const normalized = layers.map((layer) => normalizeLayer(layer, models));
  const read = new Set(normalized.flatMap(callsOf).flatMap(namesIn));
  return normalized.filter((layer) => !isMaskMaker(layer, read));
};

/** The layers that a call in Keras 2's form reads. */
const namesIn = (call: unknown): readonly unknown[] =>
  Array.isArray(call) ? call.map((tensor: unknown) => (Array.isArray(tensor) ? tensor[0] : undefined)) : [];

/**
 * The layer inside a wrapper. Keras 3 names that of a Bidirectional as it runs forwards; tfjs-layers puts the prefix
 * there by itself, and would look for its weights under two.
 */
const normalizeInner = (className: unknown, layer: unknown): unknown => {
  const inner = normalizeLayer(layer);
  if (className !== 'Bidirectional' || !isRecord(inner) || !isRecord(inner['config'])) return inner;
  const { name } = inner['config'];
  const plain = typeof name === 'string' ? name.replace(/^forward_/u, '') : name;
  return { ...inner, config: { ...inner['config'], name: plain } };
};

const normalizeSetting = (className: unknown, name: string, value: unknown, models: ModelNames): unknown => {
  switch (name) {
    case 'dtype':
      return normalizeDtype(value);
    case 'layers':
      return Array.isArray(value) ? normalizeLayers(value, models) : value;
    case 'layer':
    case 'cell':
      return normalizeInner(className, value);
    case 'cells':
      return Array.isArray(value) ? value.map((cell) => normalizeLayer(cell)) : value;
    case 'input_layers':
    case 'output_layers':
      return normalizeEnds(value, models);
    default:
      return value;
  }
};

const normalizeConfig = (className: unknown, config: unknown): unknown => {
  if (Array.isArray(config)) return config.map((layer) => normalizeLayer(layer));
  if (!isRecord(config)) return config;
  const oldNames = OLD_NAMES[String(className)] ?? {};
  const models = modelsAmong(config['layers']);
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      oldNames[name] ?? name,
      normalizeSetting(className, name, value, models),
    ]),
  );
};

const normalizeLayer = (layer: unknown, models: ModelNames = new Set()): unknown => {
  if (!isRecord(layer)) return layer;
  const { inbound_nodes: calls } = layer;
  return {
    ...layer,
    config: normalizeConfig(layer['class_name'], layer['config']),
    ...(Array.isArray(calls) ? { inbound_nodes: calls.map((call) => normalizeCall(call, models)) } : {}),
  };
};

/**
 * Puts the topology of a Keras model into Keras 2's form, which is the one that tfjs-layers reads. Keras 3 writes calls,
 * data types, input shapes and a few settings in another way; a Keras 2 topology comes back as it is.
 *
 * @param model `class_name` and `config` of a model, as in `modelTopology`.
 */
export const normalizeTopology = (model: Json): Json => normalizeLayer(model) as Json;
