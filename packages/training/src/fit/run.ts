import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InputGeometry } from '@mien/pixels';
import type { BatchStream } from '../augment/batch.ts';
import type { ImageSplit } from '../dataset/image-dataset.ts';
import { bestEpoch, stopReason, type StopReason } from './best-epoch.ts';
import type { CheckpointStore, RunProgress } from './checkpoint-store.ts';
import { DivergedError } from './diverged-error.ts';
import type { EpochRecord } from './history.ts';
import { InterruptedError } from './interrupted-error.ts';
import { learningRateAt } from './learning-rate.ts';
import type { Network } from './network.ts';
import type { Recipe } from './recipe.ts';
import { selectSamples } from './select-samples.ts';
import { NO_STEPS, StepMetrics, type EpochSums } from './step-metrics.ts';
import { Trainer } from './trainer.ts';
import type { Teachers } from './teachers.ts';
import type { TrainingObserver, StepProgress } from './training-observer.ts';
import { validate, type ValidationScores } from './validate.ts';
import { areFinite, type Vectors } from './vectors.ts';

/** What a training run needs. */
export interface TrainParams {
  /** Starts from its weights, and holds the best epoch's weights in the end. */
  readonly network: Network;
  readonly train: ImageSplit;
  readonly validation: ImageSplit;
  readonly geometry: InputGeometry;
  readonly recipe: Recipe;
  readonly seed: number;
  /** Models to learn from beside the labels. */
  readonly teachers?: Teachers | undefined;
  /** Threads that prepare batches; 0 prepares them inline. */
  readonly workers: number;
  readonly checkpoints: CheckpointStore;
  /** Ends the run after the step in progress, with a checkpoint. */
  readonly signal?: AbortSignal | undefined;
  readonly observer?: TrainingObserver | undefined;
}

/** Steps between two reads of the loss: each one waits for the device. */
const STEPS_PER_READ = 10;

/** Optimiser steps in one epoch of a recipe. */
export const stepsPerEpochOf = (recipe: Recipe, trainImages: number): number =>
  recipe.stepsPerEpoch ?? Math.max(1, Math.round(trainImages / recipe.batchSize));

/** One run in progress: a loop over epochs that can stop and go on at every step. */
export class Run {
  readonly #params: TrainParams;
  readonly #trainer: Trainer;
  readonly #stepsPerEpoch: number;
  readonly #validation: ImageSplit;
  #history: readonly EpochRecord[];
  #sums: EpochSums;

  constructor(params: TrainParams, progress: RunProgress | undefined, state: Vectors | undefined) {
    const { network, recipe, train, validation, seed } = params;
    this.#params = params;
    this.#stepsPerEpoch = stepsPerEpochOf(recipe, train.count);
    this.#validation = selectSamples(
      validation,
      (recipe.validationSteps ?? Infinity) * recipe.batchSize,
      seed,
    );
    this.#history = progress?.history ?? [];
    this.#sums = progress?.sums ?? NO_STEPS;
    this.#trainer = new Trainer(network, recipe, params.teachers);
    if (state !== undefined) this.#trainer.restore(state);
  }

  get history(): readonly EpochRecord[] {
    return this.#history;
  }

  get stopped(): StopReason | undefined {
    return this.#sums.steps > 0 ? undefined : stopReason(this.#params.recipe, this.#history);
  }

  /** The next step's number in the whole run. */
  get step(): number {
    return this.#history.length * this.#stepsPerEpoch + this.#sums.steps;
  }

  dispose(): void {
    this.#trainer.dispose();
  }

  async epoch(stream: BatchStream): Promise<void> {
    await this.#takeSteps(stream);
    this.#params.observer?.onValidation?.(this.#history.length + 1);
    const started = performance.now();
    const { network, geometry, recipe } = this.#params;
    const scores = await this.#trainer.withEvaluatedWeights(() =>
      validate({ model: network.model, split: this.#validation, geometry, loss: recipe.loss }),
    );
    const seconds = this.#sums.seconds + (performance.now() - started) / 1000;
    await this.#close({ ...scores, seconds });
  }

  async #takeSteps(stream: BatchStream): Promise<void> {
    const { recipe, signal, observer } = this.#params;
    const metrics = new StepMetrics(this.#sums, (step, loss) => this.#diverge(step, loss));
    const first = this.step - this.#sums.steps;
    try {
      for (let step = this.step; step < first + this.#stepsPerEpoch; step++) {
        // Lets signals and workers be heard where batches are always ready.
        await nextTurn();
        if (signal?.aborted === true) await this.#interrupt(metrics);
        const started = performance.now();
        const batch = await stream.next();
        const learningRate = learningRateAt(recipe, step, this.#stepsPerEpoch);
        metrics.add(this.#trainer.step(batch, step, learningRate), batch.size, step);
        const isLast = step === first + this.#stepsPerEpoch - 1;
        if (metrics.pending >= STEPS_PER_READ || isLast) await metrics.read();
        metrics.addSeconds((performance.now() - started) / 1000);
        observer?.onStep?.(this.#describe(step - first + 1, metrics.sums, learningRate));
      }
    } finally {
      metrics.dispose();
    }
    this.#sums = metrics.sums;
  }

  #describe(step: number, sums: EpochSums, learningRate: number): StepProgress {
    const { recipe } = this.#params;
    return {
      epoch: this.#history.length + 1,
      epochs: recipe.epochs,
      step,
      stepsPerEpoch: this.#stepsPerEpoch,
      batchSize: recipe.batchSize,
      loss: sums.steps === 0 ? undefined : sums.loss / sums.steps,
      accuracy: sums.steps === 0 ? undefined : sums.right / sums.images,
      learningRate,
    };
  }

  async #close(scores: ValidationScores & Pick<EpochRecord, 'seconds'>): Promise<void> {
    const { recipe, checkpoints, observer } = this.#params;
    const step = this.step - 1;
    const state = await this.#trainer.snapshot();
    if (!Number.isFinite(scores.validationLoss) || !areFinite(state))
      this.#diverge(step, scores.validationLoss);
    const record: EpochRecord = {
      epoch: this.#history.length + 1,
      learningRate: learningRateAt(recipe, step, this.#stepsPerEpoch),
      trainLoss: this.#sums.loss / this.#sums.steps,
      trainAccuracy: this.#sums.right / this.#sums.images,
      ...scores,
      imagesPerSecond: this.#sums.images / this.#sums.seconds,
    };
    this.#history = [...this.#history, record];
    this.#sums = NO_STEPS;
    const isBest = bestEpoch(this.#history) === record;
    if (isBest) await checkpoints.writeBest(await this.#trainer.evaluatedWeights());
    await checkpoints.writeLast({ history: this.#history, sums: NO_STEPS }, state);
    observer?.onEpoch?.(record, isBest);
  }

  async #interrupt(metrics: StepMetrics): Promise<never> {
    await metrics.read();
    const state = await this.#trainer.snapshot();
    // The last step's loss was that of the weights before it.
    if (!areFinite(state))
      this.#diverge(this.#history.length * this.#stepsPerEpoch + metrics.sums.steps - 1, Number.NaN);
    await this.#params.checkpoints.writeLast({ history: this.#history, sums: metrics.sums }, state);
    throw new InterruptedError(this.#history.length + 1, metrics.sums.steps, this.#stepsPerEpoch);
  }

  #diverge(step: number, loss: number): never {
    throw new DivergedError({
      loss,
      epoch: this.#history.length + 1,
      step: (step % this.#stepsPerEpoch) + 1,
      learningRate: learningRateAt(this.#params.recipe, step, this.#stepsPerEpoch),
      lastGoodEpoch: this.#history.length,
    });
  }
}
