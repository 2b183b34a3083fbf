/** The samples whose top probability falls into one stretch of [0, 1]. */
export interface ReliabilityBin {
  /** Ends of the bin; a probability at `upper` belongs to it, one at `lower` to the bin before. */
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  /** Mean top probability of the samples; 0 where there are none. */
  readonly confidence: number;
  /** Share of the samples that are right; 0 where there are none. */
  readonly accuracy: number;
}

/** Bins of equal width, as in Guo et al. 2017, section 5. */
const BINS = 15;

/**
 * Sorts predictions by their top probability into 15 bins of equal width, and compares in each what was promised with
 * what was kept (Guo, Pleiss, Sun, Weinberger 2017, "On Calibration of Modern Neural Networks", section 2).
 *
 * @param confidences top probability of each sample, in [0, 1].
 * @param hits 1 where the sample's top class is right, else 0.
 * @returns all bins, ascending, empty ones included.
 */
export const reliabilityBins = (
  confidences: ArrayLike<number>,
  hits: ArrayLike<number>,
): ReliabilityBin[] => {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, hits: 0 }));
  for (let sample = 0; sample < confidences.length; sample++) {
    const confidence = confidences[sample] as number;
    const index = Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1));
    const bin = bins[index] as (typeof bins)[number];
    bin.count += 1;
    bin.confidence += confidence;
    bin.hits += hits[sample] as number;
  }
  return bins.map(({ count, confidence, hits }, index) => ({
    lower: index / BINS,
    upper: (index + 1) / BINS,
    count,
    confidence: count === 0 ? 0 : confidence / count,
    accuracy: count === 0 ? 0 : hits / count,
  }));
};

/**
 * The expected calibration error: the mean gap between confidence and accuracy, bins weighted by their samples (Guo et
 * al. 2017, equation 3).
 *
 * @returns in [0, 1]; 0 is perfect, and the value for no samples.
 */
export const expectedCalibrationError = (bins: readonly ReliabilityBin[]): number => {
  const samples = bins.reduce((total, { count }) => total + count, 0);
  if (samples === 0) return 0;
  const gaps = bins.reduce(
    (total, { count, confidence, accuracy }) => total + count * Math.abs(confidence - accuracy),
    0,
  );
  return gaps / samples;
};
