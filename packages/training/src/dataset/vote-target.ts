import { FERPLUS_LABELS } from '@mien/contract';

/** What the votes on one image come to. */
export interface VoteTarget {
  /** Distribution over the eight emotions, sums to 1. */
  readonly target: readonly number[];
  /** Whether the winner has more than half of the votes. */
  readonly isStrict: boolean;
}

/**
 * Turns the votes on one image into a soft label, after Barsoum et al., "Training Deep Networks for Facial Expression
 * Recognition with Crowd-Sourced Label Distribution" (2016) and the code published with it: single votes are outliers
 * and are dropped; images that most taggers found unclear or no face are left out. What remains of the votes for
 * the eight emotions, divided by its sum, is the target. (FER+'s own code further cuts the target to the three
 * strongest emotions; here all that got two votes or more stay.)
 *
 * Strict are the images on which the winner has more than half of the votes left, those for "unknown" and "not a
 * face" counted in: "majority" in FER+'s code.
 *
 * @param votes in the order of `VOTE_COLUMNS`.
 * @returns the target, or in words why there is none.
 */
export const voteTarget = (votes: readonly number[]): VoteTarget | string => {
  const kept = votes.map((count) => (count <= 1 ? 0 : count));
  const total = kept.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 'no two taggers agree';
  const most = Math.max(...kept);
  const winner = kept.indexOf(most);
  if (winner >= FERPLUS_LABELS.length)
    return winner === FERPLUS_LABELS.length ? 'most taggers found it unclear' : 'most taggers found no face';
  const emotions = kept.slice(0, FERPLUS_LABELS.length);
  const emotionVotes = emotions.reduce((sum, count) => sum + count, 0);
  return { target: emotions.map((count) => count / emotionVotes), isStrict: most > total / 2 };
};
