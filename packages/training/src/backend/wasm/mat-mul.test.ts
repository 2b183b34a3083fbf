import tf from '@tensorflow/tfjs';
import { compareWithCpu, randomTensor } from './compare-backends.test-support.ts';

const sizes: [rows: number, inner: number, columns: number][] = [
  [5, 7, 3],
  [1, 300, 9],
  [400, 3, 2],
  [2, 3, 400],
  [64, 65, 66],
];
const flags = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const));

test.each(sizes.flatMap((size) => flags.map((transposed) => [...size, ...transposed] as const)))(
  'matrices %i×%i×%i, transposed %j and %j, multiply as on the JavaScript backend',
  async (rows, inner, columns, transposeA, transposeB) => {
    const difference = await compareWithCpu(() => {
      const a = randomTensor<tf.Rank.R2>(transposeA ? [inner, rows] : [rows, inner], 1);
      const b = randomTensor<tf.Rank.R2>(transposeB ? [columns, inner] : [inner, columns], 2);
      return [tf.matMul(a, b, transposeA, transposeB)];
    });
    expect(difference).toBeLessThan(2e-6);
  },
);

test.each(flags)(
  'batches of matrices, transposed %j and %j, multiply too',
  async (transposeA, transposeB) => {
    const difference = await compareWithCpu(() => {
      const a = randomTensor<tf.Rank.R3>(transposeA ? [3, 5, 4] : [3, 4, 5], 1);
      const b = randomTensor<tf.Rank.R3>(transposeB ? [3, 6, 5] : [3, 5, 6], 2);
      return [tf.matMul(a, b, transposeA, transposeB)];
    });
    expect(difference).toBeLessThan(2e-6);
  },
);

test('a leading axis of size 1 stays', async () => {
  const difference = await compareWithCpu(() => [
    tf.matMul(randomTensor<tf.Rank.R3>([1, 5, 4], 1), randomTensor<tf.Rank.R3>([1, 5, 6], 2), true),
    tf.matMul(randomTensor<tf.Rank.R2>([5, 4], 1), randomTensor<tf.Rank.R3>([1, 5, 6], 2), true),
  ]);
  expect(difference).toBeLessThan(2e-6);
});
