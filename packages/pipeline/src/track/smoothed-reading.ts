import { QUALITY_ISSUES, type QualityIssue } from '../quality/face-quality.ts';
import type { Reading } from '../reading.ts';
import type { FaceReading } from '../recognize/face-reading.ts';

/** How readings of one face are brought together over time. */
export interface SmoothingOptions {
  /** After this time a reading counts 1/e of what it counted, milliseconds. 0 takes each frame alone. */
  readonly smoothingMs: number;
  /** Another label is shown once it is this much likelier than the one shown, in [0, 1]. */
  readonly switchMargin: number;
  /** Or once it has been the likelier one for this long, milliseconds. */
  readonly switchAfterMs: number;
}

/** What is known of the expression of a face over the frames so far. */
export interface SmoothedReading {
  /** Weighted sums of the probabilities, in the labels' order. */
  readonly sums: readonly number[];
  /** The sum of the weights. */
  readonly weight: number;
  /** For how much of the time each issue was there, in [0, 1]. */
  readonly issues: Readonly<Record<QualityIssue, number>>;
  readonly label: string;
  /** Since when another label has been the likelier one; unset while none is. */
  readonly outdoneSinceMs?: number | undefined;
  readonly timeMs: number;
}

/** Even the poorest frame counts a little: without it, there would be nothing to say of a face that is always poor. */
const LEAST_WEIGHT = 0.05;

const weightOf = ({ quality }: FaceReading): number => Math.max(quality.score, LEAST_WEIGHT);

const issuesOf = (
  { quality }: FaceReading,
  before: Readonly<Record<QualityIssue, number>> | undefined,
  kept: number,
): Record<QualityIssue, number> =>
  Object.fromEntries(
    QUALITY_ISSUES.map((issue) => {
      const now = quality.issues.includes(issue) ? 1 : 0;
      return [issue, kept * (before?.[issue] ?? now) + (1 - kept) * now];
    }),
  ) as Record<QualityIssue, number>;

/** Starts with a first reading, which counts as if it had been so before. */
export const startReading = (face: FaceReading, timeMs: number): SmoothedReading => {
  const weight = weightOf(face);
  return {
    sums: face.probabilities.map(({ probability }) => probability * weight),
    weight,
    issues: issuesOf(face, undefined, 0),
    label: face.label,
    timeMs,
  };
};

/** The smoothed probabilities, in the labels' order; they sum to 1. */
export const smoothedProbabilities = ({ sums, weight }: SmoothedReading): number[] =>
  sums.map((sum) => sum / weight);

/**
 * Takes one more reading in. It counts for the time since the one before, times its quality: ten readings in a second
 * come to the same as sixty, and a blurred frame changes little.
 */
export const smoothReading = (
  before: SmoothedReading,
  face: FaceReading,
  { timeMs, smoothingMs, switchMargin, switchAfterMs }: SmoothingOptions & { readonly timeMs: number },
): SmoothedReading => {
  const kept = smoothingMs > 0 ? Math.exp((before.timeMs - timeMs) / smoothingMs) : 0;
  const fresh = (1 - kept) * weightOf(face);
  const after = {
    sums: face.probabilities.map(
      ({ probability }, index) => kept * (before.sums[index] as number) + fresh * probability,
    ),
    weight: kept * before.weight + fresh,
    issues: issuesOf(face, before.issues, kept),
    label: before.label,
    timeMs,
  };
  const labels = face.probabilities.map(({ label }) => label);
  const shown = labels.indexOf(before.label);
  const likeliest = after.sums.indexOf(Math.max(...after.sums));
  if (likeliest === shown) return after;
  const outdoneSinceMs = before.outdoneSinceMs ?? timeMs;
  const lead = ((after.sums[likeliest] as number) - (after.sums[shown] ?? 0)) / after.weight;
  return lead >= switchMargin || timeMs - outdoneSinceMs >= switchAfterMs
    ? { ...after, label: labels[likeliest] as string }
    : { ...after, outdoneSinceMs };
};

/** What is read over the frames so far: the label that is shown, and all probabilities. */
export const toSmoothedReading = (smoothed: SmoothedReading, { probabilities }: Reading): Reading => {
  const values = smoothedProbabilities(smoothed);
  const all = probabilities.map(({ label }, index) => ({ label, probability: values[index] as number }));
  const shown = all.find(({ label }) => label === smoothed.label);
  return { label: smoothed.label, probability: shown?.probability ?? 0, probabilities: all };
};
