import type { TrainedModelCard } from '@mien/contract';
import type { ImageSplit, SkippedSource } from '../dataset/image-dataset.ts';
import type { ScoredSplit } from '../evaluate/evaluate-model.ts';
import type { EpochRecord } from '../fit/history.ts';

/** What a report tells. */
export interface ReportContent {
  readonly title: string;
  readonly card: TrainedModelCard;
  /** One record per epoch, ascending; empty leaves the curves out. */
  readonly history: readonly EpochRecord[];
  readonly result: ScoredSplit;
  /** The split that `result` scores, in the card's input geometry: where the pictures of mistakes come from. */
  readonly split: Pick<ImageSplit, 'pixels' | 'sources'>;
  /** Files and rows of the scored dataset that could not be used. */
  readonly skipped: readonly SkippedSource[];
}
