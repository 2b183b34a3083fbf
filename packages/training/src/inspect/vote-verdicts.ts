import { basename } from 'node:path';
import { readVotes } from '../dataset/read-votes.ts';
import { voteTarget } from '../dataset/vote-target.ts';

/** Images of which the votes say nothing, with the reason. */
export interface VoteVerdict {
  /** E.g. `most taggers found no face`. */
  readonly reason: string;
  readonly sources: readonly string[];
}

/**
 * Says why images have no usable votes.
 *
 * @param params.sources of those images: file paths, or `row N` for `fer2013.csv`.
 * @returns the commonest reason first.
 */
export const voteVerdicts = async (params: {
  readonly votes: string;
  readonly sources: readonly string[];
}): Promise<VoteVerdict[]> => {
  const rows = await readVotes(params.votes);
  const byName = new Map(rows.map(({ imageName, votes }) => [imageName, votes]));
  const votesOf = (source: string): readonly number[] | undefined => {
    const row = /^row (\d+)$/u.exec(source)?.[1];
    return row === undefined ? byName.get(basename(source)) : rows[Number(row) - 1]?.votes;
  };
  const byReason = new Map<string, string[]>();
  for (const source of params.sources) {
    const votes = votesOf(source);
    const verdict = votes === undefined ? 'no votes' : voteTarget(votes);
    const reason = typeof verdict === 'string' ? verdict : 'no usable votes';
    byReason.set(reason, [...(byReason.get(reason) ?? []), source]);
  }
  return [...byReason]
    .map(([reason, sources]) => ({ reason, sources }))
    .toSorted((a, b) => b.sources.length - a.sources.length);
};
