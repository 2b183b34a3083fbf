import { confusionMatrix } from './confusion-matrix.ts';

describe('confusionMatrix', () => {
  test('has the true classes as rows and the predicted ones as columns', () => {
    // The example of scikit-learn's documentation of confusion_matrix.
    const truth = [2, 0, 2, 2, 0, 1];
    const predicted = [0, 0, 2, 2, 0, 2];
    expect(confusionMatrix({ truth, predicted, classes: 3 })).toEqual([
      [2, 0, 0],
      [0, 0, 1],
      [1, 0, 2],
    ]);
  });

  test('keeps a row and a column for a class that never occurs', () => {
    expect(confusionMatrix({ truth: [0], predicted: [0], classes: 2 })).toEqual([
      [1, 0],
      [0, 0],
    ]);
  });
});
