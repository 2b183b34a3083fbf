import { largestDifference } from '@mien/contract';
import type { Outcome, Ran } from './runtime.ts';

/** How far a float32 runtime may be from the reference, in probability. */
export const TOLERANCE = 1e-4;

/** One row of the parity table. */
export interface ParityRow {
  readonly runtime: string;
  readonly verdict: 'agrees' | 'differs' | 'failed' | 'missing';
  readonly provider?: string;
  /** The largest difference of any probability of any face. */
  readonly maxDifference?: number;
  /** Faces whose most likely label is the reference's. */
  readonly sameLabel?: number;
  readonly faces: number;
  readonly msPerFace?: number;
  /** Why it is missing or has failed. */
  readonly reason?: string;
}

const argMax = (row: readonly number[]): number => row.indexOf(Math.max(...row));

/**
 * Holds one runtime's outcome against the reference. It agrees when every probability is within {@link TOLERANCE} and
 * every face gets the same label.
 */
export const compareWithReference = (runtime: string, outcome: Outcome, reference: Ran): ParityRow => {
  const faces = reference.probabilities.length;
  if (outcome.status !== 'ran') return { runtime, verdict: outcome.status, faces, reason: outcome.reason };
  const rows = reference.probabilities.map((row, face) => [row, outcome.probabilities[face] ?? []] as const);
  const maxDifference = Math.max(...rows.map(([expected, actual]) => largestDifference(expected, actual)));
  const sameLabel = rows.filter(([expected, actual]) => argMax(expected) === argMax(actual)).length;
  const agrees = maxDifference <= TOLERANCE && sameLabel === faces;
  const { provider, msPerFace } = outcome;
  return {
    runtime,
    verdict: agrees ? 'agrees' : 'differs',
    provider,
    maxDifference,
    sameLabel,
    faces,
    msPerFace,
  };
};
