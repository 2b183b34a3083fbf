import { compareWithReference, TOLERANCE } from './compare.ts';
import type { Ran } from './runtime.ts';

const ran = (probabilities: readonly (readonly number[])[]): Ran => ({
  status: 'ran',
  provider: 'cpu',
  probabilities,
  msPerFace: 1,
});

const reference = ran([
  [0.2, 0.8],
  [0.6, 0.4],
]);

describe('holding a runtime against the reference', () => {
  test('agrees within the tolerance', () => {
    const row = compareWithReference(
      'x',
      ran([
        [0.2 + TOLERANCE / 2, 0.8],
        [0.6, 0.4],
      ]),
      reference,
    );
    expect(row).toMatchObject({ runtime: 'x', verdict: 'agrees', provider: 'cpu', sameLabel: 2, faces: 2 });
    expect(row.maxDifference).toBeCloseTo(TOLERANCE / 2, 12);
  });

  test.each([
    [
      'one probability is over the tolerance',
      [
        [0.2, 0.8],
        [0.6, 0.4 - 2 * TOLERANCE],
      ],
      2 * TOLERANCE,
      2,
    ],
    [
      'labels are swapped',
      [
        [0.8, 0.2],
        [0.6, 0.4],
      ],
      0.6,
      1,
    ],
    ['a face is missing', [[0.2, 0.8]], Infinity, 1],
    ['a label is missing', [[0.2], [0.6, 0.4]], Infinity, 1],
    [
      'there is a label too many',
      [
        [0.2, 0.8, 0],
        [0.6, 0.4],
      ],
      Infinity,
      2,
    ],
    [
      'a number is none',
      [
        [NaN, 0.8],
        [0.6, 0.4],
      ],
      Infinity,
      1,
    ],
  ])('differs when %s', (_, probabilities, maxDifference, sameLabel) => {
    const row = compareWithReference('x', ran(probabilities), reference);
    expect(row.verdict).toBe('differs');
    expect(row.maxDifference).toBeCloseTo(maxDifference, 12);
    expect(row.sameLabel).toBe(sameLabel);
  });

  test('differs when the label flips although the probabilities nearly agree', () => {
    const close = ran([[0.50001, 0.49999]]);
    const row = compareWithReference('x', ran([[0.49999, 0.50001]]), close);
    expect(row).toMatchObject({ verdict: 'differs', sameLabel: 0 });
    expect(row.maxDifference).toBeLessThan(TOLERANCE);
  });

  test.each(['missing', 'failed'] as const)('a runtime that is %s is so, with its reason', (status) => {
    const row = compareWithReference('x', { status, reason: 'because' }, reference);
    expect(row).toEqual({ runtime: 'x', verdict: status, faces: 2, reason: 'because' });
  });
});
