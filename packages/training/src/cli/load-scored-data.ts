import { headsOf, MienError, type TrainedModelCard } from '@mien/contract';
import { ClassFoldersDifferError, EmptyClassError, SingleClassError } from '../dataset/dataset-errors.ts';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import { loadDataset } from '../dataset/load-dataset.ts';
import type { Protocol } from '../dataset/protocol.ts';
import type { ConsoleProgress } from './console-progress.ts';

/** What the options say of the data. */
export interface ScoredDataOptions {
  readonly data?: string;
  readonly votes?: string;
  readonly protocol?: Protocol;
  readonly head?: string;
  readonly cacheDir: string;
}

/** A model of somebody's own images is to be scored, and it was not said where images are. */
export class DataNeededError extends MienError {
  override readonly name = 'DataNeededError';
  constructor(readonly trainedOn: string) {
    super(
      `The model was trained on "${trainedOn}", not on the built-in faces: say with --data what to score it on, ` +
        `and with --votes where FER+ votes are, if it was trained with them.`,
    );
  }
}

/** Folders say nothing of classes, so that there are no own labels to keep. */
const isWithoutClassFolders = (error: unknown): boolean =>
  error instanceof SingleClassError ||
  error instanceof EmptyClassError ||
  error instanceof ClassFoldersDifferError;

/**
 * Loads the data that a trained model is scored on, in the model's geometry; with votes for a model of two heads, the
 * dataset's own labels beside them, if its folders tell any.
 *
 * @throws {DataNeededError} when the model knows other than the built-in faces and no data is given.
 */
export const loadScoredData = async (params: {
  readonly options: ScoredDataOptions;
  readonly card: TrainedModelCard;
  readonly progress: ConsoleProgress;
}): Promise<ImageDataset> => {
  const { options, card, progress } = params;
  const { data, votes, protocol, head, cacheDir } = options;
  const { input, training } = card;
  if (data === undefined && training.dataset.kind !== 'synthetic')
    throw new DataNeededError(training.dataset.name);
  const load = (keepOwnLabels: boolean): Promise<ImageDataset> =>
    loadDataset({
      data,
      votes,
      protocol,
      keepOwnLabels,
      geometry: input,
      // The same seed divides a dataset without splits as training did.
      seed: training.seed,
      cacheDir,
      onProgress: (state) => progress.onDataset(state),
    });
  if (votes === undefined || headsOf(card).length === 1) return load(false);
  // Images without usable votes were trained and chosen on too: with them, the data is recognised. The main head can do
  // without, since votes alone are enough to score it.
  return load(true).catch((error: unknown) => {
    if (head === undefined && isWithoutClassFolders(error)) return load(false);
    throw error;
  });
};
