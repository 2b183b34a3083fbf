import tf from '@tensorflow/tfjs';
import { predictMirrored } from './predict-mirrored.ts';

test('a picture and its mirror image are averaged, channel by channel', async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
  // Gives the left pixel's second channel as it is: 200 in the picture, 40 in its mirror image.
  const model = tf.sequential({
    layers: [tf.layers.flatten({ inputShape: [1, 2, 3] }), tf.layers.dense({ units: 1, useBias: false })],
  });
  model.setWeights([tf.tensor2d([0, 1, 0, 0, 0, 0], [6, 1])]);
  const split = { count: 1, pixels: Uint8Array.of(1, 200, 3, 4, 40, 6) };
  const geometry = { widthPx: 2, heightPx: 1, channels: 3 } as const;
  const [outputs] = await predictMirrored({ model, split, geometry });
  expect([...(outputs as Float32Array)]).toEqual([120]);
});
