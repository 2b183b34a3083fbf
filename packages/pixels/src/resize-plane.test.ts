import { createRandom } from '@mien/contract';
import { resizePlane } from './resize-plane.ts';

const row = (...values: number[]) => ({
  widthPx: values.length,
  heightPx: 1,
  values: Float64Array.from(values),
});
const resizedRow = (values: number[], widthPx: number) => [
  ...resizePlane(row(...values), { widthPx, heightPx: 1 }).values,
];

describe('resizePlane', () => {
  // Expected values worked out by hand from the areas and distances.
  test.each([
    ['halving averages pairs', [10, 20, 30, 50], 2, [15, 40]],
    ['3 to 2 splits the middle sample', [30, 60, 90], 2, [40, 80]],
    ['5 to 2', [10, 20, 30, 40, 50], 2, [18, 42]],
    ['to one sample', [1, 2, 3, 6], 1, [3]],
    ['doubling interpolates between centres and holds the ends', [0, 100], 4, [0, 25, 75, 100]],
    ['2 to 3', [0, 90], 3, [0, 45, 90]],
    ['one sample grows to a constant', [7], 3, [7, 7, 7]],
    ['the same size is untouched', [1, 2, 3], 3, [1, 2, 3]],
  ])('%s', (_, values, widthPx, expected) => {
    const result = resizedRow(values, widthPx);
    expect(result).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) expect(result[index]).toBeCloseTo(value, 10);
  });

  test('treats rows as it treats columns', () => {
    const random = createRandom(1);
    const values = Float64Array.from({ length: 7 * 5 }, () => random.integer(256));
    const plane = { widthPx: 7, heightPx: 5, values };
    const transposed = {
      widthPx: 5,
      heightPx: 7,
      values: Float64Array.from({ length: 35 }, (_, i) => values[(i % 5) * 7 + Math.floor(i / 5)]!),
    };
    const one = resizePlane(plane, { widthPx: 3, heightPx: 9 });
    const other = resizePlane(transposed, { widthPx: 9, heightPx: 3 });
    for (let y = 0; y < 9; y++)
      for (let x = 0; x < 3; x++) expect(one.values[y * 3 + x]).toBeCloseTo(other.values[x * 9 + y]!, 9);
  });

  test('keeps the mean when shrinking, whatever the ratio', () => {
    const random = createRandom(2);
    const values = Float64Array.from({ length: 101 * 67 }, () => random.integer(256));
    const shrunk = resizePlane({ widthPx: 101, heightPx: 67, values }, { widthPx: 48, heightPx: 48 }).values;
    const mean = (numbers: Float64Array) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    expect(mean(shrunk)).toBeCloseTo(mean(values), 8);
  });
});
