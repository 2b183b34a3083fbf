import { accuracyOf, type ScoredFace } from './score-faces.ts';

/** What a threshold on the top probability parts. */
export interface UnsureRow {
  readonly threshold: number;
  /** The share of readings below it, and how many of those are right. */
  readonly belowShare: number;
  readonly belowAccuracy: number;
  /** How many of the others are right. */
  readonly aboveAccuracy: number;
}

const THRESHOLDS = [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9];

/** Parts readings by the probability of their label: how much is given up, and what it is worth. */
export const measureThresholds = (scored: readonly ScoredFace[]): UnsureRow[] =>
  THRESHOLDS.map((threshold) => {
    const below = scored.filter(({ reading }) => reading.probability < threshold);
    const above = scored.filter(({ reading }) => reading.probability >= threshold);
    return {
      threshold,
      belowShare: below.length / scored.length,
      belowAccuracy: accuracyOf(below),
      aboveAccuracy: accuracyOf(above),
    };
  });
