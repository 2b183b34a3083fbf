import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type tf from '@tensorflow/tfjs';
import { CorruptTrainedModelError, TrainedModelNotFoundError } from './trained-model-errors.ts';

/** The parts of a `model.json` that hold a LayersModel. */
type ModelJson = Pick<tf.io.ModelJSON, 'modelTopology' | 'weightsManifest'>;

/** Bytes of one number, by the type that weights are stored in. */
const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
  complex64: 8,
};

const readPart = async (file: string): Promise<Buffer<ArrayBuffer>> => {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new TrainedModelNotFoundError(dirname(file), basename(file));
    throw new CorruptTrainedModelError(file, 'it cannot be read', { cause: error });
  }
};

/**
 * Reads one JSON file of a trained model's folder.
 *
 * @throws {TrainedModelNotFoundError} when there is no such file.
 * @throws {CorruptTrainedModelError} when it is no JSON.
 */
export const readModelJson = async (file: string): Promise<unknown> => {
  const text = (await readPart(file)).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new CorruptTrainedModelError(file, 'it is no JSON', { cause: error });
  }
};

const storedBytes = ({ shape, dtype, quantization }: tf.io.WeightsManifestEntry): number => {
  const numbers = shape.reduce((total, size) => total * size, 1);
  return numbers * (BYTES[quantization?.dtype ?? dtype] ?? NaN);
};

/**
 * Reads a `model.json` and the weight files that it names, as TensorFlow.js takes them. For every backend alike:
 * TensorFlow.js itself reads files with its native backend only.
 *
 * @throws {TrainedModelNotFoundError} when one of the files is missing.
 * @throws {CorruptTrainedModelError} when one is no JSON, no LayersModel, or has another length than its weights.
 */
export const readModelArtifacts = async (file: string): Promise<tf.io.ModelArtifacts> => {
  const json = (await readModelJson(file)) as Partial<ModelJson> | null;
  const { modelTopology, weightsManifest } = json ?? {};
  if (modelTopology === undefined || !Array.isArray(weightsManifest))
    throw new CorruptTrainedModelError(file, 'it holds no TensorFlow.js LayersModel');
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const paths = weightsManifest.flatMap(({ paths }) => paths.map((path) => join(dirname(file), path)));
  const bytes = Buffer.concat(await Promise.all(paths.map(readPart)));
  const expected = weightSpecs.reduce((total, spec) => total + storedBytes(spec), 0);
  if (bytes.length !== expected)
    throw new CorruptTrainedModelError(
      paths.join(', '),
      `it has ${bytes.length} bytes, the weights need ${expected}`,
    );
  const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  return { modelTopology, weightSpecs, weightData };
};
