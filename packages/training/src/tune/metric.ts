import { bestEpoch } from '../fit/best-epoch.ts';
import type { EpochRecord } from '../fit/history.ts';

/** What trials are ranked by, all on the validation images. */
export const METRICS = ['accuracy', 'macro-f1', 'loss'] as const;

/** One of {@link METRICS}. */
export type Metric = (typeof METRICS)[number];

const FIELDS = {
  accuracy: 'validationAccuracy',
  'macro-f1': 'validationMacroF1',
  loss: 'validationLoss',
} as const satisfies Record<Metric, keyof EpochRecord>;

/** The value of a metric in one epoch. */
export const metricIn = (record: EpochRecord, metric: Metric): number => record[FIELDS[metric]];

/**
 * The epoch that stands for a trial: the one whose weights `fit` keeps of its first epochs.
 *
 * @param epochs how many epochs count; a trial that has more is looked at as it was then.
 */
export const keptEpoch = (history: readonly EpochRecord[], epochs = Infinity): EpochRecord | undefined =>
  bestEpoch(history.slice(0, epochs));

/** Compares two epochs, better first; between equals the lower loss is better. */
export const compareRecords = (a: EpochRecord, b: EpochRecord, metric: Metric): number => {
  const difference = metricIn(b, metric) - metricIn(a, metric);
  const loss = a.validationLoss - b.validationLoss;
  return metric === 'loss' || difference === 0 ? loss : difference;
};
