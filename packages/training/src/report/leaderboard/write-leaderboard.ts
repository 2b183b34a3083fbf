import { join } from 'node:path';
import { writeAtomically } from '../../fit/write-atomically.ts';
import { formatDomain } from '../../tune/domain.ts';
import type { SearchState } from '../../tune/search-observer.ts';
import { renderLeaderboard } from './render-leaderboard.ts';

/** The leaderboard as data: what `leaderboard.json` holds. */
const dataOf = (
  { data, rows, space, rungs, metric, method, trials, isComplete }: SearchState,
  domains: readonly string[],
  command: string | undefined,
) => ({
  isComplete,
  dataset: data?.name,
  validationImages: data?.validationImages,
  architecture: trials[0]?.options.architecture,
  method,
  metric,
  rungs,
  space: Object.fromEntries(space.map(({ axis }, index) => [axis.name, domains[index]])),
  note: 'Figures are on the validation images that the search chose on: optimistic. Ranks compare trials of as many epochs.',
  best: command === undefined ? undefined : { trial: rows[0]?.trial, command },
  trials: rows,
});

/**
 * Writes `leaderboard.json` and `leaderboard.html` into a search's folder, each whole or not at all.
 *
 * @param command makes the best trial's model again; undefined where there is none.
 * @throws {WriteFailedError} when a file cannot be written.
 */
export const writeLeaderboard = async (state: SearchState, command: string | undefined): Promise<void> => {
  const domains = state.space.map(({ domain }) => formatDomain(domain));
  const json = JSON.stringify(dataOf(state, domains, command), null, 2);
  await writeAtomically(join(state.folder, 'leaderboard.json'), `${json}\n`);
  await writeAtomically(
    join(state.folder, 'leaderboard.html'),
    await renderLeaderboard({ state, domains, command }),
  );
};
