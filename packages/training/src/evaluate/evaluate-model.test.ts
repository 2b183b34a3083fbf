import {
  evaluateModel,
  InvalidProbabilityError,
  MismatchedPredictionsError,
  NothingToScoreError,
  type EvaluateModelParams,
} from './evaluate-model.ts';

/** Five images of two classes, the last of which does not count; one mistake, of the fourth. */
const params = (overrides: Partial<EvaluateModelParams> = {}): EvaluateModelParams => ({
  probabilities: Float32Array.of(0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 1, 0, 0, 1),
  targets: Float32Array.of(1, 0, 0.6, 0.4, 0, 1, 0.2, 0.8, 1, 0),
  scored: Uint8Array.of(1, 1, 1, 1, 0),
  labels: ['happy', 'sad'],
  dataset: 'five faces',
  split: 'validation',
  protocol: 'majority of votes',
  usedForSelection: true,
  ...overrides,
});

describe('evaluateModel', () => {
  test('gives the figures of a case worked by hand', () => {
    const { evaluation } = evaluateModel(params());
    expect(evaluation).toMatchObject({
      dataset: 'five faces',
      split: 'validation',
      protocol: 'majority of votes',
      usedForSelection: true,
      samples: 4,
      accuracy: 0.75,
      perClass: [
        { label: 'happy', support: 2, precision: 2 / 3, recall: 1, f1: 0.8 },
        { label: 'sad', support: 2, precision: 1, recall: 0.5, f1: 2 / 3 },
      ],
      confusion: [
        [2, 0],
        [1, 1],
      ],
    });
    expect(evaluation.macroF1).toBeCloseTo((0.8 + 2 / 3) / 2, 12);
    // Gaps: two at 0.75 both right, one at 0.5 right, one at 1 wrong.
    expect(evaluation.ece).toBeCloseTo((2 * 0.25 + 0.5 + 1) / 4, 12);
  });

  test('lists confusions, bins and mistakes of the scored images alone', () => {
    const { confusions, reliability, mistakes } = evaluateModel(params());
    expect(confusions).toEqual([{ truth: 'sad', predicted: 'happy', count: 1, shareOfTruth: 0.5 }]);
    expect(reliability.reduce((total, { count }) => total + count, 0)).toBe(4);
    expect(mistakes).toEqual([
      { index: 3, truth: 'sad', predicted: 'happy', probability: 1, probabilityOfTruth: 0 },
    ]);
  });

  test('shows the surest mistakes first, as many as asked for', () => {
    const { mistakes } = evaluateModel(
      params({
        probabilities: Float32Array.of(0.25, 0.75, 0, 1, 0.75, 0.25, 0, 1, 0, 1),
        mistakes: 2,
      }),
    );
    expect(mistakes.map(({ index }) => index)).toEqual([1, 0]);
  });

  test('refuses predictions of another split', () => {
    const few = { probabilities: new Float32Array(8) };
    expect(() => evaluateModel(params(few))).toThrow(MismatchedPredictionsError);
    expect(() => evaluateModel(params(few))).toThrow(
      /need 10 probabilities and as many targets, got 8 and 10/u,
    );
  });

  test('refuses what is no probability, naming the sample', () => {
    const broken = { probabilities: params().probabilities.with(5, NaN) };
    expect(() => evaluateModel(params(broken))).toThrow(InvalidProbabilityError);
    expect(() => evaluateModel(params(broken))).toThrow(/NaN as a probability for sample 2/u);
  });

  test('refuses to score nothing', () => {
    expect(() => evaluateModel(params({ scored: new Uint8Array(5) }))).toThrow(NothingToScoreError);
  });
});
