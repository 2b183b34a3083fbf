import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import tf from '@tensorflow/tfjs';
import { validCard } from '../../../packages/contract/src/model-card.test-support.ts';

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

/**
 * Writes the folder that training would have left of a small network with seeded weights.
 *
 * @param gain multiplies the last layer's weights: the higher, the surer the network is of what it sees.
 */
export const writeTrainedModel = async (folder: string, { gain = 20 } = {}): Promise<void> => {
  tf.enableProdMode();
  await tf.ready();
  const model = smallNetwork();
  const weights = model.getWeights();
  const last = weights.length - 2;
  tf.tidy(() =>
    model.setWeights(weights.map((weight, index) => (index === last ? weight.mul(gain) : weight))),
  );
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
    JSON.stringify({ ...card, labels: LABELS, input, evaluation: [] }),
  );
  model.dispose();
};
