import { join } from 'node:path';
import type { TrainedModelCard } from '@mien/contract';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import { loadDataset } from '../dataset/load-dataset.ts';
import { selectBackend, type BackendInUse, type BackendName } from '../backend/select-backend.ts';
import { getArchitecture } from '../model/architectures.ts';
import { createTensorBoardWriter, type TensorBoardWriter } from '../report/tensorboard-writer.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { codeHash } from './code-hash.ts';
import { finishRun } from './finish-run.ts';
import type { FitOptions } from './fit-options.ts';
import type { EpochRecord } from './history.ts';
import type { InitialWeights } from './initial-weights.ts';
import { outputFolder } from './output-folder.ts';
import { clearForStart, planRun, type RunMode } from './plan-run.ts';
import type { Recipe } from './recipe.ts';
import { prepareNetwork, type PreparedNetwork } from './prepare-network.ts';
import { resolveRecipe } from './resolve-recipe.ts';
import { InvalidRecipeError } from './validate-recipe.ts';
import { stepsPerEpochOf } from './run.ts';
import { train, type TrainResult } from './train.ts';
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

/** What to make of which data, where, and with what. */
export interface FitParams extends FitOptions {
  /** Folder for everything that the run makes; by default one below `dist/training`, see `outputFolder`. */
  readonly out?: string;
  /** What to do about an earlier run in that folder; `new` refuses to destroy one. */
  readonly mode?: RunMode;
  readonly backend?: BackendName;
  /** Threads that prepare batches; 0 prepares them inline. The result does not depend on it. */
  readonly workers?: number;
  /** Folder for decoded images. */
  readonly cacheDir: string;
  /** Stops the run after the step in progress, with a checkpoint. */
  readonly signal?: AbortSignal;
  readonly observer?: FitObserver;
}

/** What a run has made. */
export interface FitResult {
  readonly folder: string;
  readonly card: TrainedModelCard;
  readonly history: readonly EpochRecord[];
}

const loadData = async (params: FitParams): Promise<ImageDataset> => {
  const { data, votes, protocol, ownLabels, exclude, keepDuplicates, seed, cacheDir, observer } = params;
  return loadDataset({
    data,
    ...(votes === undefined ? {} : { votes }),
    ...(protocol === undefined ? {} : { protocol }),
    keepOwnLabels: ownLabels !== undefined,
    exclude,
    geometry: getArchitecture(params.architecture).input,
    seed,
    leaveOutDuplicates: keepDuplicates !== true,
    cacheDir,
    onProgress: (progress) => observer?.onDataset?.(progress),
  });
};

/** Tags for TensorBoard, which groups them by what stands before the slash. */
const CURVES = [
  ['train/loss', 'trainLoss'],
  ['train/accuracy', 'trainAccuracy'],
  ['validation/loss', 'validationLoss'],
  ['validation/accuracy', 'validationAccuracy'],
  ['validation/macro-f1', 'validationMacroF1'],
  ['validation/own-labels-accuracy', 'validationOwnAccuracy'],
  ['run/learning-rate', 'learningRate'],
  ['run/images-per-second', 'imagesPerSecond'],
] as const satisfies readonly (readonly [string, keyof EpochRecord])[];

const withCurves = (observer: FitObserver | undefined, board: TensorBoardWriter): TrainingObserver => ({
  onStep: (progress) => observer?.onStep?.(progress),
  onValidation: (epoch) => observer?.onValidation?.(epoch),
  onEpoch: (record, isBest) => {
    for (const [tag, figure] of CURVES)
      if (record[figure] !== undefined) board.scalar(tag, record[figure], record.epoch);
    observer?.onEpoch?.(record, isBest);
  },
});

const OPTIONS = [
  'data',
  'votes',
  'protocol',
  'ownLabels',
  'exclude',
  'keepDuplicates',
  'init',
  'teachers',
  'architecture',
  'seed',
  'settings',
] as const satisfies readonly (keyof FitOptions)[];

/** What the model is made of, without where and how. */
const optionsOf = (params: FitParams): FitOptions =>
  Object.fromEntries(
    OPTIONS.flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]]])),
  ) as unknown as FitOptions;

/** Settings that fit no architecture or data are told before images are read. */
const assertOwnLabels = ({ ownLabels, architecture }: FitParams): void => {
  if (ownLabels === undefined) return;
  if (!getArchitecture(architecture).takesSecondHead)
    throw new InvalidRecipeError('ownLabels', ownLabels, `left out with architecture "${architecture}"`);
  if (!/^(?!probabilities$)[a-z][a-z0-9_]*$/u.test(ownLabels))
    throw new InvalidRecipeError(
      'ownLabels',
      ownLabels,
      'a name of small letters, digits and _, other than "probabilities"',
    );
};

/** Everything that shapes a run: it goes on from a checkpoint only where all of it is the same. */
const checkpointSettings = (run: {
  readonly options: FitOptions;
  readonly recipe: Recipe;
  readonly dataset: ImageDataset;
}): unknown => {
  const { architecture, seed, init, teachers } = run.options;
  const { fingerprint, labels, protocol } = run.dataset;
  const data = { fingerprint, labels: labels.join(', '), protocol };
  return { architecture, seed, init, teachers: teachers?.join(', '), recipe: run.recipe, data };
};

/** A run whose network is ready. */
interface PreparedRun extends PreparedNetwork {
  readonly params: FitParams;
  readonly options: FitOptions;
  readonly recipe: Recipe;
  readonly dataset: ImageDataset;
  readonly backend: BackendInUse;
  /** See `codeHash`. */
  readonly code: string;
  readonly folder: string;
}

const describeRun = (run: PreparedRun, isResumed: boolean): RunStart => {
  const { folder, dataset, backend, recipe, params, network, initial, teachers } = run;
  return {
    folder,
    dataset,
    backend,
    recipe,
    architecture: params.architecture,
    parameters: network.model.countParams(),
    stepsPerEpoch: stepsPerEpochOf(recipe, dataset.train.count),
    isResumed,
    initial,
    teachers: teachers?.names,
  };
};

const trainPrepared = async (run: PreparedRun): Promise<FitResult> => {
  const { params, folder, dataset, recipe, network, initial, teachers } = run;
  const { seed, workers = 1, signal, observer } = params;
  const checkpoints = new CheckpointStore(join(folder, 'checkpoints'), checkpointSettings(run));
  observer?.onStart?.(describeRun(run, (await checkpoints.readLast()) !== undefined));
  const board = createTensorBoardWriter(join(folder, 'tensorboard'));
  try {
    const result = await train({
      network,
      train: dataset.train,
      validation: dataset.validation,
      geometry: dataset,
      recipe,
      seed,
      teachers,
      workers,
      checkpoints,
      ...(signal === undefined ? {} : { signal }),
      observer: withCurves(observer, board),
    });
    observer?.onFinishing?.(result);
    const lineage = { startedFrom: initial?.name, teachers: teachers?.names };
    const card = await finishRun({
      ...run,
      model: network.model,
      backend: run.backend.description,
      result,
      lineage,
    });
    return { folder, card, history: result.history };
  } finally {
    await board.close();
  }
};

/** Trains on loaded data, with a backend that is up. */
const trainOn = async (
  params: FitParams,
  dataset: ImageDataset,
  backend: BackendInUse,
): Promise<FitResult> => {
  const folder = outputFolder(params);
  const architecture = getArchitecture(params.architecture);
  const recipe = resolveRecipe(architecture, params.settings, params.data === undefined);
  const code = await codeHash();
  const options = optionsOf(params);
  const prepared = await prepareNetwork({ architecture, options, dataset, recipe });
  try {
    // Only now that nothing is left that could refuse the run, an earlier one makes room.
    if (params.mode !== 'resume') await clearForStart(folder);
    return await trainPrepared({ ...prepared, params, options, recipe, dataset, backend, code, folder });
  } finally {
    prepared.dispose();
  }
};

/**
 * Trains a model: reads the images, trains, keeps the best epoch, calibrates it, scores it, and writes model, card and
 * report into a folder of its own.
 *
 * A folder that already holds that very model gets it made again. Whether it does is the caller's to ask (`planRun`),
 * who can do so without loading TensorFlow.js.
 *
 * @example
 * const { folder, card } = await fit({
 *   data: 'faces', architecture: 'residual', seed: 1, settings: { epochs: 30 }, cacheDir: '.cache',
 * });
 * @throws {UnfinishedRunError | FinishedRunError} when mode `new` finds an earlier run that it would destroy.
 * @throws {InterruptedError} after `signal`; the run can be resumed.
 * @throws {DivergedError} when the loss is no longer a number.
 * @throws {ChangedSettingsError} when it is to be resumed with other settings or data.
 */
export const fit = async (params: FitParams): Promise<FitResult> => {
  const { architecture, settings, data, mode = 'new' } = params;
  // Wrong settings are told before images are read.
  resolveRecipe(getArchitecture(architecture), settings, data === undefined);
  assertOwnLabels(params);
  const dataset = await loadData(params);
  const fingerprint = async (): Promise<string> => dataset.fingerprint;
  await planRun({ folder: outputFolder(params), options: optionsOf(params), mode, fingerprint });
  const backend = await selectBackend(params.backend ?? 'auto');
  return trainOn(params, dataset, backend);
};
