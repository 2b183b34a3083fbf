import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import tf from '@tensorflow/tfjs';
import { validCard } from '../../../packages/contract/src/model-card.test-support.ts';

const OTHER_HEAD = { output: 'mouth', labels: ['open', 'closed'] };

const LABELS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];

/** A network like those that are trained, but small: software GPUs are slow. */
const smallNetwork = (): tf.LayersModel => {
  const kernelInitializer = (seed: number) => tf.initializers.glorotUniform({ seed });
  const conv = (seed: number) =>
    tf.layers.conv2d({
      filters: 8,
      kernelSize: 3,
      activation: 'relu',
      kernelInitializer: kernelInitializer(seed),
    });
  return tf.sequential({
    layers: [
      tf.layers.rescaling({ scale: 1 / 255, inputShape: [48, 48, 3] }),
      conv(1),
      tf.layers.maxPooling2d({ poolSize: 4 }),
      conv(2),
      tf.layers.flatten(),
      tf.layers.dense({
        units: LABELS.length,
        activation: 'softmax',
        kernelInitializer: kernelInitializer(3),
      }),
    ],
  });
};

/** Gives a network a second head, listed before its own, on the same features. */
const withOtherHead = (network: tf.LayersModel): tf.LayersModel => {
  const features = network.layers.at(-2)?.output as tf.SymbolicTensor;
  const other = tf.layers.dense({
    name: OTHER_HEAD.output,
    units: OTHER_HEAD.labels.length,
    activation: 'softmax',
    kernelInitializer: tf.initializers.glorotUniform({ seed: 4 }),
  });
  const outputs = [other.apply(features) as tf.SymbolicTensor, ...network.outputs];
  return tf.model({ inputs: network.inputs, outputs });
};

/**
 * Writes the folder that training would have left of a small network with seeded weights.
 *
 * @param gain multiplies the last layer's weights: the higher, the surer the network is of what it sees.
 * @param otherHead gives the network a second output, before the main one.
 */
export const writeTrainedModel = async (
  folder: string,
  { gain = 20, otherHead = false } = {},
): Promise<void> => {
  tf.enableProdMode();
  await tf.ready();
  const network = smallNetwork();
  const weights = network.getWeights();
  const last = weights.length - 2;
  tf.tidy(() =>
    network.setWeights(weights.map((weight, index) => (index === last ? weight.mul(gain) : weight))),
  );
  const model = otherHead ? withOtherHead(network) : network;
  await mkdir(folder, { recursive: true });
  await model.save({
    save: async ({ modelTopology, weightSpecs, weightData }) => {
      const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      await writeFile(
        join(folder, 'model.json'),
        JSON.stringify({ format: 'layers-model', modelTopology, weightsManifest }),
      );
      await writeFile(join(folder, 'weights.bin'), Buffer.from(weightData as ArrayBuffer));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    },
  });
  const { graph: _graph, golden: _golden, ...card } = validCard();
  const input = { ...card.input, widthPx: 48, heightPx: 48, channels: 3, colour: 'rgb' };
  await writeFile(
    join(folder, 'card.json'),
    JSON.stringify({
      ...card,
      labels: LABELS,
      input,
      evaluation: [],
      ...(otherHead
        ? { otherHeads: [{ ...OTHER_HEAD, calibration: card.calibration, evaluation: [] }] }
        : {}),
    }),
  );
  model.dispose();
};
