import { MienError } from '@mien/contract';
import { isRecord } from './is-record.ts';
import { normalizeTopology } from './normalize-topology.ts';

/** A TensorFlow.js model as its files hold it, wherever they were read from. */
export interface ModelFiles {
  /** `model.json`, parsed. */
  readonly modelJson: unknown;
  /** The bytes of every weight file, by its path in the weights manifest. */
  readonly weights: Readonly<Record<string, Uint8Array>>;
}

/** One weight in the manifest. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly group?: string;
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number };
}

/** Weights that lie one after another in a list of files. */
export interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightSpec[];
}

/** A LayersModel's `model.json`, as far as the converter reads it. */
export interface LayersModelJson {
  /** `class_name` and `config` of the model, in the form that tfjs-layers reads. */
  readonly topology: Readonly<Record<string, unknown>>;
  readonly weightGroups: readonly WeightGroup[];
}

/** A JSON file that is not a TensorFlow.js model, or a damaged one. */
export class NotATfjsModelError extends MienError {
  override readonly name = 'NotATfjsModelError';
  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `This is not a TensorFlow.js model: ${reason}. Give the model.json that model.save() or tensorflowjs_converter ` +
        'wrote.',
      options,
    );
  }
}

/** A GraphModel where a LayersModel is needed. */
export class GraphModelError extends MienError {
  override readonly name = 'GraphModelError';
  constructor() {
    super(
      'This model.json is a GraphModel (frozen TensorFlow operations); a LayersModel is needed here. Save the Keras ' +
        'or tfjs-layers model itself, with model.save() or the converter option --output_format=tfjs_layers_model, ' +
        'or convert the GraphModel with tfjs-to-onnx.',
    );
  }
}

/** Whole numbers of 8 and 16 bits say how they are scaled; half floats need nothing said. */
const isQuantization = (value: unknown): boolean =>
  value === undefined ||
  (isRecord(value) &&
    (value['dtype'] === 'float16' || (Number.isFinite(value['scale']) && Number.isFinite(value['min']))));

const isWeightSpec = (value: unknown): value is WeightSpec =>
  isRecord(value) &&
  typeof value['name'] === 'string' &&
  typeof value['dtype'] === 'string' &&
  Array.isArray(value['shape']) &&
  value['shape'].every((dim) => Number.isInteger(dim) && dim >= 0) &&
  isQuantization(value['quantization']);

const isWeightGroup = (value: unknown): value is WeightGroup =>
  isRecord(value) &&
  Array.isArray(value['paths']) &&
  value['paths'].every((path) => typeof path === 'string') &&
  Array.isArray(value['weights']) &&
  value['weights'].every(isWeightSpec);

/**
 * Reads the list of weight files and of what lies in them.
 *
 * @throws {NotATfjsModelError} when it is missing or malformed.
 */
export const parseWeightGroups = (json: Readonly<Record<string, unknown>>): readonly WeightGroup[] => {
  const groups = json['weightsManifest'];
  if (!Array.isArray(groups)) throw new NotATfjsModelError('it has no weightsManifest');
  if (!groups.every(isWeightGroup)) throw new NotATfjsModelError('its weightsManifest is malformed');
  return groups;
};

/** The two kinds of TensorFlow.js models. */
export type ModelKind = 'graph-model' | 'layers-model';

/**
 * Tells the kinds of models apart, by the file alone.
 *
 * @throws {NotATfjsModelError} for JSON that is neither.
 */
export const modelKindOf = (json: unknown): ModelKind => {
  if (!isRecord(json)) throw new NotATfjsModelError('the JSON is not an object');
  const topology = json['modelTopology'];
  if (!isRecord(topology)) throw new NotATfjsModelError('it has no modelTopology');
  return json['format'] === 'graph-model' || Array.isArray(topology['node']) ? 'graph-model' : 'layers-model';
};

/**
 * Checks that parsed JSON is a LayersModel.
 *
 * @throws {GraphModelError} for a GraphModel.
 * @throws {NotATfjsModelError} for anything else.
 */
export const parseLayersModelJson = (json: unknown): LayersModelJson => {
  if (modelKindOf(json) === 'graph-model') throw new GraphModelError();
  const { modelTopology: topology, ...rest } = json as { modelTopology: Record<string, unknown> };
  const groups = parseWeightGroups(rest);
  const model = isRecord(topology['model_config']) ? topology['model_config'] : topology;
  if (typeof model['class_name'] !== 'string' || !('config' in model)) {
    throw new NotATfjsModelError('its modelTopology has no class_name and config');
  }
  return { topology: normalizeTopology(model), weightGroups: groups };
};
