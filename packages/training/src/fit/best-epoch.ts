import type { EpochRecord } from './history.ts';
import type { Recipe } from './recipe.ts';

/** The sum of the heads' accuracies. */
const scoreOf = ({ validationAccuracy, validationOwnAccuracy = 0 }: EpochRecord): number =>
  validationAccuracy + validationOwnAccuracy;

/** Higher validation accuracy, of all heads together, is better; between equals, lower validation loss. */
const isBetter = (record: EpochRecord, other: EpochRecord): boolean =>
  scoreOf(record) > scoreOf(other) ||
  (scoreOf(record) === scoreOf(other) && record.validationLoss < other.validationLoss);

/** The epoch whose weights are kept; undefined before the first. */
export const bestEpoch = (history: readonly EpochRecord[]): EpochRecord | undefined => {
  let best = history[0];
  for (const record of history) if (best !== undefined && isBetter(record, best)) best = record;
  return best;
};

/** Why a run is over. */
export type StopReason = 'epochs' | 'patience' | 'accuracy';

/** Tells whether a run is over, and why; undefined where it goes on. Follows from the history alone. */
export const stopReason = (
  { epochs, patience, stopAtAccuracy }: Pick<Recipe, 'epochs' | 'patience' | 'stopAtAccuracy'>,
  history: readonly EpochRecord[],
): StopReason | undefined => {
  const best = bestEpoch(history);
  if (best !== undefined && stopAtAccuracy !== null && best.validationAccuracy >= stopAtAccuracy)
    return 'accuracy';
  if (best !== undefined && patience > 0 && history.length - best.epoch >= patience) return 'patience';
  return history.length >= epochs ? 'epochs' : undefined;
};
