import { join } from 'node:path';
import type { TrainedModelCard } from '@mien/contract';
import { selectBackend, type BackendInUse, type BackendName } from '../backend/select-backend.ts';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import { getArchitecture } from '../model/architectures.ts';
import { createTensorBoardWriter } from '../report/tensorboard-writer.ts';
import { assertOwnLabels } from './assert-own-labels.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { codeHash } from './code-hash.ts';
import { finishRun } from './finish-run.ts';
import type { FitObserver } from './fit-observer.ts';
import type { FitOptions } from './fit-options.ts';
import type { EpochRecord } from './history.ts';
import { loadTrainingData } from './load-training-data.ts';
import { outputFolder } from './output-folder.ts';
import { clearForStart, planRun, type RunMode } from './plan-run.ts';
import { prepareNetwork } from './prepare-network.ts';
import { checkpointSettings, describeRun, type PreparedRun } from './prepared-run.ts';
import { recipeOf } from './recipe-of.ts';
import { recordCurves } from './record-curves.ts';
import { sourceModels } from './source-models.ts';
import { train } from './train.ts';

/** What to make of which data, where, and with what. */
export interface FitParams {
  readonly options: FitOptions;
  /** Folder for everything that the run makes; by default one below `dist/training`, see `outputFolder`. */
  readonly out?: string | undefined;
  /** What to do about an earlier run in that folder; `new`, the default, refuses to destroy one. */
  readonly mode?: RunMode | undefined;
  /** Resumes also a run that was started with other training code; by default that is refused. */
  readonly acceptsNewCode?: boolean | undefined;
  /** What computes; by default the best backend that runs here. */
  readonly backend?: BackendName | undefined;
  /** Threads that prepare batches, 1 by default; 0 prepares them inline. The result does not depend on it. */
  readonly workers?: number | undefined;
  /** Folder for decoded images. */
  readonly cacheDir: string;
  /** Stops the run after the step in progress, with a checkpoint. */
  readonly signal?: AbortSignal | undefined;
  readonly observer?: FitObserver | undefined;
}

/** What a run has made. */
export interface FitResult {
  readonly folder: string;
  readonly card: TrainedModelCard;
  readonly history: readonly EpochRecord[];
}

const trainPrepared = async (run: PreparedRun, params: FitParams): Promise<FitResult> => {
  const { folder, dataset, network, initial, teachers, backend } = run;
  const { workers = 1, signal, observer, acceptsNewCode } = params;
  const checkpoints = new CheckpointStore(join(folder, 'checkpoints'), {
    settings: checkpointSettings(run),
    code: run.code,
    acceptsNewCode,
  });
  observer?.onStart?.(describeRun(run, (await checkpoints.readLast()) !== undefined));
  const board = createTensorBoardWriter(join(folder, 'tensorboard'));
  try {
    const result = await train({
      network,
      train: dataset.train,
      validation: dataset.validation,
      geometry: dataset,
      recipe: run.recipe,
      seed: run.options.seed,
      teachers,
      workers,
      checkpoints,
      signal,
      observer: recordCurves(board, observer),
    });
    observer?.onFinishing?.(result);
    const lineage = { startedFrom: initial?.name, teachers: teachers?.names };
    const card = await finishRun({
      ...run,
      model: network.model,
      backend: backend.description,
      code: checkpoints.codes.join(', '),
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
  dataset: ImageDataset,
  backend: BackendInUse,
  params: FitParams,
): Promise<FitResult> => {
  const { options, out, mode } = params;
  const folder = outputFolder({ ...options, out });
  const architecture = getArchitecture(options.architecture);
  const recipe = recipeOf(options);
  const code = await codeHash();
  const models = await sourceModels(options);
  const prepared = await prepareNetwork({ architecture, options, dataset, recipe });
  try {
    // Only now that nothing is left that could refuse the run, an earlier one makes room.
    if (mode !== 'resume') await clearForStart(folder);
    return await trainPrepared(
      { ...prepared, options, models, recipe, dataset, backend, code, folder },
      params,
    );
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
 * const options = { data: 'faces', architecture: 'residual', seed: 1, settings: { epochs: 30 } };
 * const { folder, card } = await fit({ options, cacheDir: '.cache' });
 * @throws {UnfinishedRunError | FinishedRunError} when mode `new` finds an earlier run that it would destroy.
 * @throws {InterruptedError} after `signal`; the run can be resumed.
 * @throws {DivergedError} when the loss is no longer a number.
 * @throws {ChangedSettingsError} when it is to be resumed with other settings or data.
 * @throws {ChangedCodeError} when it is to be resumed with other training code, and that is not accepted.
 */
export const fit = async (params: FitParams): Promise<FitResult> => {
  const { options, out, mode = 'new', cacheDir, observer } = params;
  const { input: geometry } = getArchitecture(options.architecture);
  // What cannot be trained is told before images are read.
  recipeOf(options);
  const backend = await selectBackend(params.backend ?? 'auto');
  assertOwnLabels(options);
  const dataset = await loadTrainingData({
    options,
    geometry,
    cacheDir,
    onProgress: (progress) => observer?.onDataset?.(progress),
  });
  const folder = outputFolder({ ...options, out });
  await planRun({ folder, options, mode, fingerprint: async () => dataset.fingerprint });
  return trainOn(dataset, backend, params);
};
