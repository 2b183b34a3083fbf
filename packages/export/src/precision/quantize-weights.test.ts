import { createRandom } from '@mien/contract';
import { floatTensor } from '../graph/tensor.ts';
import { quantizeWeights, sumPerChannel } from './quantize-weights.ts';

const randomKernel = (shape: readonly [number, number]) => {
  const random = createRandom(1, ...shape);
  return floatTensor(
    shape,
    Array.from({ length: shape[0] * shape[1] }, () => random.normal() ** 3),
  );
};

/** The elements of one output channel. */
const channelOf = <T>(
  elements: ArrayLike<T>,
  [rows, columns]: readonly [number, number],
  axis: number,
  channel: number,
) =>
  Array.from(elements).filter(
    (_, index) =>
      (axis === 0 ? Math.floor(index / columns) : index % columns) ===
      channel % (axis === 0 ? rows : columns),
  );

describe('quantizeWeights', () => {
  test.each([
    [[8, 30] as const, 0],
    [[30, 8] as const, 1],
  ])('stays within half a step of every weight of a kernel %j with channels on axis %i', (shape, axis) => {
    const weights = randomKernel(shape);
    const { tensor, scales } = quantizeWeights(weights, axis, []);
    expect(scales).toHaveLength(8);
    for (const [channel, scale] of scales.entries()) {
      const [real, whole] = [weights.data, tensor.data].map((data) => channelOf(data, shape, axis, channel));
      const errors = (real as number[]).map((weight, index) =>
        Math.abs(weight - (whole?.[index] as number) * scale),
      );
      expect(Math.max(...errors)).toBeLessThanOrEqual(scale / 2 + 1e-7);
    }
  });

  test('never lets two products of one channel overflow 16 bits, as processors without VNNI add them', () => {
    const weights = randomKernel([50, 12]);
    const { tensor } = quantizeWeights(weights, 0, []);
    for (let channel = 0; channel < 50; channel++) {
      const whole = channelOf(tensor.data, [50, 12], 0, channel).sort((one, other) => one - other);
      const [lowest, low, high, highest] = [...whole.slice(0, 2), ...whole.slice(-2)] as [
        number,
        number,
        number,
        number,
      ];
      expect(255 * (high + highest)).toBeLessThanOrEqual(32767);
      expect(255 * (low + lowest)).toBeGreaterThanOrEqual(-32768);
    }
  });

  test('uses all 8 bits where a lone large weight makes the scale', () => {
    const { tensor } = quantizeWeights(floatTensor([1, 4], [1, -0.4, 0.001, 0]), 0, []);
    expect([...tensor.data]).toEqual([127, -51, 0, 0]);
  });

  test('takes a channel of zeros, and a scale that a large bias asks for', () => {
    const { tensor, scales } = quantizeWeights(floatTensor([2, 2], [0, 0, 1, 1]), 0, [0, 0.5]);
    expect(scales).toEqual([1, 0.5]);
    expect([...tensor.data]).toEqual([0, 0, 2, 2]);
  });
});

describe('sumPerChannel', () => {
  test('sums over all other axes', () => {
    const kernel = floatTensor([2, 3], [1, 2, 3, 4, 5, 6]);
    expect(sumPerChannel(kernel, 0)).toEqual([6, 15]);
    expect(sumPerChannel(kernel, 1)).toEqual([5, 7, 9]);
  });
});
