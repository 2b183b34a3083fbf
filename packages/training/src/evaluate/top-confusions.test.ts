import { topConfusions } from './top-confusions.ts';

const labels = ['a', 'b', 'c'];
const confusion = [
  [5, 3, 0],
  [3, 1, 0],
  [1, 0, 9],
];

describe('topConfusions', () => {
  test('lists mistakes by count, then by share of the true class, and leaves out the hits', () => {
    expect(topConfusions(confusion, labels)).toEqual([
      { truth: 'b', predicted: 'a', count: 3, shareOfTruth: 0.75 },
      { truth: 'a', predicted: 'b', count: 3, shareOfTruth: 0.375 },
      { truth: 'c', predicted: 'a', count: 1, shareOfTruth: 0.1 },
    ]);
  });

  test('stops at the limit', () => {
    expect(topConfusions(confusion, labels, 1).map(({ truth }) => truth)).toEqual(['b']);
  });
});
