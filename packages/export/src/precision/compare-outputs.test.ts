import { compareOutputs, topClasses, worstMean } from './compare-outputs.ts';

const outputsOf = (rows: Record<string, number[][]>) =>
  new Map(
    Object.entries(rows).map(([name, row]) => [
      name,
      { classes: row[0]?.length ?? 0, data: Float32Array.from(row.flat()) },
    ]),
  );

describe('compareOutputs', () => {
  test('gives mean, largest difference and agreement of each output', () => {
    const expected = outputsOf({
      a: [
        [0.75, 0.25],
        [0.5, 0.5],
      ],
      b: [
        [1, 0, 0],
        [0, 1, 0],
      ],
    });
    const actual = outputsOf({
      b: [
        [1, 0, 0],
        [0, 1, 0],
      ],
      a: [
        [0.25, 0.75],
        [0.75, 0.25],
      ],
    });
    expect(compareOutputs(expected, actual)).toEqual([
      { output: 'a', images: 2, mean: 0.375, max: 0.5, labelAgreement: 0.5 },
      { output: 'b', images: 2, mean: 0, max: 0, labelAgreement: 1 },
    ]);
  });

  test('counts what is missing or not a number as infinitely far', () => {
    const expected = outputsOf({ a: [[1, 0]], b: [[1, 0]] });
    const differences = compareOutputs(expected, outputsOf({ a: [[NaN, 0]] }));
    expect(differences.map(({ max }) => max)).toEqual([Infinity, Infinity]);
    expect(worstMean(differences)).toBe(Infinity);
  });
});

describe('topClasses', () => {
  test('names the most probable class of each image, the first of equals', () => {
    expect(topClasses({ classes: 3, data: Float32Array.of(0.1, 0.7, 0.2, 0.4, 0.2, 0.4) })).toEqual([1, 0]);
  });
});
