import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MienError, parseModelCard, type ModelCard } from '@mien/contract';
import { faceToInput } from '@mien/pixels';
import tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { cardBeside } from '../find-export.ts';
import type { FixtureFace } from '../fixture-faces.ts';
import type { Ran } from '../runtime.ts';

/** The model as it was trained, which all else is compared with, cannot be read. */
export class ReferenceModelError extends MienError {
  override readonly name = 'ReferenceModelError';
  constructor(
    readonly folder: string,
    options?: ErrorOptions,
  ) {
    super(
      `Cannot read the trained model in ${folder}, which the runtimes are compared with. ` +
        'Train it with `npx nx run training:fit`, or pass the folder that the export was made from as --model.',
      options,
    );
  }
}

interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: tf.io.WeightsManifestEntry[];
}

const loadLayersModel = async (folder: string): Promise<tf.LayersModel> => {
  try {
    const { modelTopology, weightsManifest } = JSON.parse(
      await readFile(join(folder, 'model.json'), 'utf8'),
    ) as {
      modelTopology: object;
      weightsManifest: readonly WeightGroup[];
    };
    const shards = await Promise.all(
      weightsManifest.flatMap(({ paths }) => paths).map((path) => readFile(join(folder, path))),
    );
    const weightData = new Uint8Array(Buffer.concat(shards)).buffer;
    const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
    return await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  } catch (cause) {
    throw new ReferenceModelError(folder, { cause });
  }
};

/** Planar bytes to the interleaved floats that TensorFlow.js takes, `[1, heightPx, widthPx, channels]`. */
const toTensor = (planar: Uint8Array, { heightPx, widthPx, channels }: ModelCard['input']): tf.Tensor =>
  tf.tidy(() => tf.tensor(planar, [1, channels, heightPx, widthPx], 'float32').transpose([0, 2, 3, 1]));

const classifyFace = async (
  model: tf.LayersModel,
  { frame }: FixtureFace,
  { input, otherHeads = [] }: ModelCard,
): Promise<number[]> => {
  const isOther = (layer: string): boolean => otherHeads.some(({ output }) => output === layer);
  const main = model.outputs.findIndex(({ sourceLayer }) => !isOther(sourceLayer.name));
  const output = tf.tidy(() => {
    const outputs = [model.predict(toTensor(faceToInput(frame, input), input))].flat();
    return outputs[main] as tf.Tensor;
  });
  const row = Array.from(await output.data());
  output.dispose();
  return row;
};

/**
 * Runs the model as it was trained, in TensorFlow.js: the reference.
 *
 * @param modelFolder the trained model: `model.json` and its weights.
 * @throws {ReferenceModelError} when there is no such model.
 */
export const runReference = async ({
  modelFolder,
  graphFile,
  faces,
}: {
  readonly modelFolder: string;
  readonly graphFile: string;
  readonly faces: readonly FixtureFace[];
}): Promise<Ran> => {
  tf.enableProdMode();
  await tf.setBackend('wasm');
  const cardFile = cardBeside(graphFile);
  const card = parseModelCard(JSON.parse(await readFile(cardFile, 'utf8')), cardFile);
  const model = await loadLayersModel(modelFolder);
  const probabilities: number[][] = [];
  const start = performance.now();
  for (const face of faces) probabilities.push(await classifyFace(model, face, card));
  const msPerFace = (performance.now() - start) / faces.length;
  model.dispose();
  return { status: 'ran', provider: tf.getBackend(), probabilities, msPerFace };
};
