import * as tf from '@tensorflow/tfjs';
import { compareWithTfjs, randomizeWeights } from './agreement.test-support.ts';

const sequential = (inputShape: number[], layers: tf.layers.Layer[]): tf.LayersModel => {
  const model = tf.sequential();
  model.add(tf.layers.inputLayer({ inputShape }));
  for (const layer of layers) model.add(layer);
  return randomizeWeights(model);
};

describe('convertLayersModel', () => {
  test('document', async () => {
    const model = sequential(
      [14, 14, 3],
      [
        tf.layers.rescaling({ scale: 1 / 255 } as never),
        tf.layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.conv2d({ filters: 5, kernelSize: 3, activation: 'relu' }),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 8, activation: 'relu' }),
        tf.layers.dropout({ rate: 0.5 }),
        tf.layers.dense({ units: 3, activation: 'softmax' }),
      ],
    );
    const result = await compareWithTfjs(model);
    console.log(
      result.ops,
      result.largestDifference,
      result.actual.shape,
      result.graph.inputs[0]?.value.shape,
    );
    expect(result.largestDifference).toBeLessThan(1e-5);
  });
});
