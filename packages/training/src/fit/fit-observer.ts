import type { BackendInUse } from '../backend/select-backend.ts';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import type { InitialWeights } from './initial-weights.ts';
import type { Recipe } from './recipe.ts';
import type { TrainResult } from './train.ts';
import type { TrainingObserver } from './training-observer.ts';

/** What is known before the first step. */
export interface RunStart {
  readonly folder: string;
  readonly dataset: ImageDataset;
  readonly backend: BackendInUse;
  readonly recipe: Recipe;
  readonly architecture: string;
  readonly parameters: number;
  readonly stepsPerEpoch: number;
  /** True where a checkpoint is taken up. */
  readonly isResumed: boolean;
  /** What was taken over from another model. */
  readonly initial?: InitialWeights | undefined;
  /** Names of the models that it learns from. */
  readonly teachers?: readonly string[] | undefined;
}

/** Is told how a whole run goes, from reading the images to the report. */
export interface FitObserver extends TrainingObserver {
  onDataset?(progress: { done: number; total: number; what: string }): void;
  onStart?(start: RunStart): void;
  onFinishing?(result: TrainResult): void;
}
