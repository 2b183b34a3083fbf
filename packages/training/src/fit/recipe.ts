import type { AugmentRecipe } from '../augment/augment-recipe.ts';
import type { ComputeType } from '../backend/native/native-ops.ts';

/** The optimisers, see `optimizers.ts` for their formulas. */
export const OPTIMIZERS = ['sgd', 'momentum', 'nesterov', 'adam', 'adamw'] as const;
/** The learning-rate schedules, see `learning-rate.ts`. */
export const SCHEDULES = ['constant', 'step', 'cosine'] as const;
/** The losses, see `loss.ts`. */
export const LOSSES = ['cross-entropy', 'mse'] as const;

/** The types in which images are computed while training; weights are float32 always. */
export const PRECISIONS = ['float32', 'bfloat16'] as const satisfies readonly ComputeType[];

/** One of {@link OPTIMIZERS}. */
export type OptimizerName = (typeof OPTIMIZERS)[number];
/** One of {@link SCHEDULES}. */
export type ScheduleName = (typeof SCHEDULES)[number];
/** One of {@link LOSSES}. */
export type LossName = (typeof LOSSES)[number];

/** Every setting that shapes the weights, apart from data, architecture and seed. Plain JSON: it goes into the card. */
export interface Recipe {
  readonly epochs: number;
  /** Optimiser steps in one epoch; `null` is one pass over the training images. */
  readonly stepsPerEpoch: number | null;
  readonly batchSize: number;
  /** Batches of validation images looked at after each epoch (the same, seeded choice each time); `null` is all. */
  readonly validationSteps: number | null;
  readonly optimizer: OptimizerName;
  /** The peak learning rate, reached after the warm-up. */
  readonly learningRate: number;
  /** For `momentum` and `nesterov` alone; 0.9 where left out. */
  readonly momentum?: number;
  readonly schedule: ScheduleName;
  /** Epochs over which the learning rate rises linearly from nearly 0; fractions are fine. */
  readonly warmupEpochs: number;
  /** For `step` alone: epochs between two drops; a third of the run where left out. */
  readonly decayEveryEpochs?: number;
  /** For `step` alone: what a drop multiplies the learning rate by; 0.1 where left out. */
  readonly decayFactor?: number;
  /** On kernels alone: added to the gradient as L2, or decoupled for `adamw`. */
  readonly weightDecay: number;
  readonly loss: LossName;
  /** Share of each target that is spread evenly over the classes (Szegedy et al. 2016); training alone. */
  readonly labelSmoothing: number;
  /** What the loss of the dataset's own labels counts, where those are learnt beside the votes. */
  readonly ownLabelsWeight: number;
  /** Label smoothing of the dataset's own labels, where those are learnt beside the votes. */
  readonly ownLabelsSmoothing: number;
  /** Share of each target that is what the teachers say, where there are teachers; in [0, 1]. */
  readonly distillation: number;
  /** Decay of the moving average of the weights that is evaluated and saved; 0 evaluates the weights themselves. */
  readonly emaDecay: number;
  /** Stop after so many epochs without a better validation score; 0 never. */
  readonly patience: number;
  /** Stop as soon as the validation accuracy is this high; `null` never. */
  readonly stopAtAccuracy: number | null;
  /**
   * `bfloat16` needs native TensorFlow; it is faster where the processor has instructions for it (AVX512-BF16, AMX), and
   * slower elsewhere.
   */
  readonly precision: ComputeType;
  readonly augment: AugmentRecipe;
}
