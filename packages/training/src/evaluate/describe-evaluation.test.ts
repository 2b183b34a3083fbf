import { describeEvaluation } from './describe-evaluation.ts';
import { evaluateModel } from './evaluate-model.ts';

const result = (probabilities: Float32Array) =>
  evaluateModel({
    probabilities,
    targets: Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1),
    scored: Uint8Array.of(1, 1, 1, 1),
    labels: ['happiness', 'sad'],
    dataset: 'four faces',
    split: 'test',
    protocol: 'own labels',
    usedForSelection: false,
  });

describe('describeEvaluation', () => {
  test('tells key figures, classes, confusions', () => {
    const scored = result(Float32Array.of(0.75, 0.25, 1, 0, 0.25, 0.75, 0.5, 0.5));
    expect(describeEvaluation(scored, 'tiny'))
      .toBe(`tiny on four faces: 4 images of the test split (own labels)

accuracy  75.0 %  95 % interval 30.1 % – 95.4 %
macro-F1  73.3 %  mean over the classes
ECE       25.0 %  calibration error, 15 bins

class      precision   recall      F1  images
happiness     66.7 %  100.0 %  80.0 %       2
sad          100.0 %   50.0 %  66.7 %       2

true ↓  named →  happin…  sad
happiness              2    0
sad                    1    1

Most frequent mistakes
sad → happiness  1  50.0 % of sad`);
  });

  test('says so where there are no mistakes', () => {
    expect(describeEvaluation(result(Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1)), 'tiny')).toContain(
      'No mistakes.',
    );
  });
});
