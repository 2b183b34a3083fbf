import { createRandom } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { predictHeads, type PredictParams } from './predict-heads.ts';

/** The one head of these models. */
const predict = async (params: PredictParams): Promise<Float32Array> =>
  (await predictHeads(params))[0] as Float32Array;

tf.enableProdMode();

const geometry = { widthPx: 3, heightPx: 2, channels: 1 } as const;

/** Softmax over two chosen pixels of the image, so that the right answer is plain arithmetic. */
const pickPixels = (): tf.LayersModel => {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [2, 3, 1] }),
      tf.layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
  const kernel = tf.tensor2d(
    Array.from({ length: 6 }, (_, pixel) => [pixel === 1 ? 0.01 : 0, pixel === 5 ? 0.01 : 0]),
  );
  model.setWeights([kernel, tf.zeros([2])]);
  return model;
};

const randomSplit = (count: number) => {
  const random = createRandom(3);
  const pixels = new Uint8Array(new SharedArrayBuffer(count * 6));
  for (let index = 0; index < pixels.length; index++) pixels[index] = random.integer(256);
  return { count, pixels };
};

describe('predict', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test.each([1, 3, 64])('gives each image its own probabilities, in batches of %i', async (batchSize) => {
    const split = randomSplit(7);
    const probabilities = await predict({ model: pickPixels(), split, geometry, batchSize });
    expect(probabilities).toHaveLength(14);
    for (let image = 0; image < split.count; image++) {
      const gap = ((split.pixels[image * 6 + 5] as number) - (split.pixels[image * 6 + 1] as number)) / 100;
      expect(probabilities[image * 2]).toBeCloseTo(1 / (1 + Math.exp(gap)), 5);
    }
  });

  test('leaves no tensor behind', async () => {
    const model = pickPixels();
    const { numTensors } = tf.memory();
    await predict({ model, split: randomSplit(5), geometry, batchSize: 2 });
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test('says how far it is', async () => {
    const seen: number[] = [];
    const onProgress = ({ done }: { done: number }): number => seen.push(done);
    await predict({ model: pickPixels(), split: randomSplit(5), geometry, batchSize: 2, onProgress });
    expect(seen).toEqual([2, 4, 5]);
  });

  test('refuses images of another size', async () => {
    const split = { ...randomSplit(5), count: 4 };
    await expect(predict({ model: pickPixels(), split, geometry })).rejects.toThrow(RangeError);
  });
});
