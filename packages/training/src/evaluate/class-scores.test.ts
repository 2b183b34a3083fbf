import { classScores, macroF1 } from './class-scores.ts';

// Class b is never hit, class c occurs nowhere.
const confusion = [
  [5, 2, 0, 1],
  [1, 0, 0, 3],
  [0, 0, 0, 0],
  [2, 0, 0, 6],
];

describe('classScores', () => {
  test('agrees with scikit-learn, absent classes included', () => {
    // precision_recall_fscore_support(labels=[0, 1, 2, 3], zero_division=0), scikit-learn 1.9.
    expect(classScores(confusion, ['a', 'b', 'c', 'd'])).toEqual([
      { label: 'a', support: 8, precision: 0.625, recall: 0.625, f1: 0.625 },
      { label: 'b', support: 4, precision: 0, recall: 0, f1: 0 },
      { label: 'c', support: 0, precision: 0, recall: 0, f1: 0 },
      { label: 'd', support: 8, precision: 0.6, recall: 0.75, f1: 2 / 3 },
    ]);
  });
});

describe('macroF1', () => {
  test('leaves out a class that occurs nowhere, and counts one that is never hit, as scikit-learn does', () => {
    // f1_score(average='macro', zero_division=0), scikit-learn 1.9.
    expect(macroF1(confusion)).toBeCloseTo(0.4305555555555555, 12);
  });

  test('counts a class that is only ever predicted', () => {
    const predictedOnly = [
      [5, 0, 1],
      [1, 3, 0],
      [0, 0, 0],
    ];
    expect(macroF1(predictedOnly)).toBeCloseTo(0.5634920634920635, 12);
  });

  test('is 0 where nothing was counted', () => {
    expect(macroF1([[0]])).toBe(0);
  });
});
