import { MienError, type Evaluation } from '@mien/contract';
import { accuracy } from './accuracy.ts';
import { expectedCalibrationError, reliabilityBins, type ReliabilityBin } from './calibration-error.ts';
import { classScores, macroF1 } from './class-scores.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { rowArgMax } from './row-arg-max.ts';
import { topConfusions, type Confusion } from './top-confusions.ts';
import { wilsonInterval } from './wilson-interval.ts';
import { worstMistakes, type Mistake } from './worst-mistakes.ts';

/** Everything that scoring one split gives. */
export interface ScoredSplit {
  /** The figures, as the model's card holds them. */
  readonly evaluation: Evaluation;
  /** 15 bins of equal width over the top probability. */
  readonly reliability: readonly ReliabilityBin[];
  /** The most frequent confusions, most frequent first. */
  readonly confusions: readonly Confusion[];
  /** The mistakes that the model was surest of, surest first. */
  readonly mistakes: readonly Mistake[];
}

/** What to score, and what to call it. */
export interface EvaluateModelParams extends Pick<
  Evaluation,
  'dataset' | 'split' | 'protocol' | 'usedForSelection'
> {
  /** What the model said, `[samples, classes]`, rows sum to 1. */
  readonly probabilities: Float32Array;
  /** Class distributions; the first largest entry is the true class, `[samples, classes]`. */
  readonly targets: Float32Array;
  /** 1 where the sample counts, `[samples]`. */
  readonly scored: Uint8Array;
  /** The classes, in the order of the columns. */
  readonly labels: readonly string[];
  /** Largest number of {@link ScoredSplit.mistakes}. */
  readonly mistakes?: number;
}

/** Probabilities, targets and scored flags of different lengths. */
export class MismatchedPredictionsError extends MienError {
  override readonly name = 'MismatchedPredictionsError';
  constructor(
    readonly probabilities: number,
    readonly targets: number,
    readonly samples: number,
    readonly classes: number,
  ) {
    super(
      `${samples} samples of ${classes} classes need ${samples * classes} probabilities and as many targets, ` +
        `got ${probabilities} and ${targets}. Score the predictions of the split that the targets belong to.`,
    );
  }
}

/** A prediction that is no probability. */
export class InvalidProbabilityError extends MienError {
  override readonly name = 'InvalidProbabilityError';
  constructor(
    readonly sample: number,
    readonly value: number,
  ) {
    super(
      `The model gives ${value} as a probability for sample ${sample}. Its weights are broken: use an earlier ` +
        `checkpoint, or train again with a smaller learning rate.`,
    );
  }
}

/** A split in which no sample counts. */
export class NothingToScoreError extends MienError {
  override readonly name = 'NothingToScoreError';
  constructor(
    readonly dataset: string,
    readonly split: string,
    readonly protocol: string,
  ) {
    super(
      `No image of the ${split} split of "${dataset}" counts under the protocol "${protocol}". ` +
        `Choose another --split or --protocol.`,
    );
  }
}

const assertScorable = (params: EvaluateModelParams): void => {
  const { probabilities, targets, scored, labels } = params;
  const size = scored.length * labels.length;
  if (probabilities.length !== size || targets.length !== size)
    throw new MismatchedPredictionsError(probabilities.length, targets.length, scored.length, labels.length);
  // Softmax may round to a little over 1.
  const broken = probabilities.findIndex((value) => !(value >= 0 && value <= 1.001));
  if (broken >= 0)
    throw new InvalidProbabilityError(Math.floor(broken / labels.length), probabilities[broken] as number);
  if (!scored.includes(1)) throw new NothingToScoreError(params.dataset, params.split, params.protocol);
};

/**
 * Scores predictions against the truth.
 *
 * @throws {MismatchedPredictionsError} when the lengths do not fit together.
 * @throws {InvalidProbabilityError} when a prediction is no number in [0, 1].
 * @throws {NothingToScoreError} when no sample counts.
 */
export const evaluateModel = (params: EvaluateModelParams): ScoredSplit => {
  assertScorable(params);
  const { probabilities, targets, scored, labels } = params;
  const classes = labels.length;
  const counted = (_: unknown, sample: number): boolean => scored[sample] === 1;
  const allPredicted = rowArgMax(probabilities, classes);
  const truth = rowArgMax(targets, classes).filter(counted);
  const predicted = allPredicted.filter(counted);
  const confidences = Float32Array.from(
    allPredicted,
    (column, sample) => probabilities[sample * classes + column] as number,
  ).filter(counted);
  const hits = Uint8Array.from(truth, (label, sample) => (label === predicted[sample] ? 1 : 0));
  const confusion = confusionMatrix({ truth, predicted, classes });
  const reliability = reliabilityBins(confidences, hits);
  return {
    evaluation: {
      dataset: params.dataset,
      split: params.split,
      protocol: params.protocol,
      usedForSelection: params.usedForSelection,
      samples: truth.length,
      accuracy: accuracy(confusion),
      accuracyInterval95: wilsonInterval(
        hits.reduce((total, hit) => total + hit, 0),
        truth.length,
      ),
      macroF1: macroF1(confusion),
      ece: expectedCalibrationError(reliability),
      perClass: classScores(confusion, labels),
      confusion,
    },
    reliability,
    confusions: topConfusions(confusion, labels),
    mistakes: worstMistakes({
      probabilities,
      targets,
      scored,
      labels,
      ...(params.mistakes === undefined ? {} : { limit: params.mistakes }),
    }),
  };
};
