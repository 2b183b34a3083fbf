import { join } from 'node:path';
import type { BackendName } from '../backend/select-backend.ts';
import type { SearchState } from '../tune/search-observer.ts';
import { trialFolder } from '../tune/read-trial-progress.ts';
import { leaderboardTable } from './describe-trial.ts';
import { fitArguments } from './fit-arguments.ts';
import { formatPercent } from './format-progress.ts';
import { shellCommand } from './resume-command.ts';

/** The command that makes the model of the best trial again; undefined where none can be ranked. */
export const bestCommand = ({ rows, trials }: SearchState, backend: BackendName): string | undefined => {
  const [best] = rows;
  const trial = trials.find(({ number }) => number === best?.trial);
  if (best?.rank === undefined || trial === undefined) return undefined;
  const chosen = backend === 'auto' ? [] : ['--backend', backend];
  return shellCommand('fit', [...fitArguments(trial.options), ...chosen]);
};

/** Says which other trials the validation images cannot tell from the best one. */
export const describeTies = ({ rows, data }: Pick<SearchState, 'rows' | 'data'>): string => {
  const [low, high] = rows[0]?.figures?.accuracyInterval95 ?? [0, 1];
  const ties = rows.filter(({ isTied }) => isTied).map(({ trial }) => trial);
  const range = `${formatPercent(low)} to ${formatPercent(high)}`;
  const images = `${data?.validationImages ?? 0} validation images`;
  return ties.length === 0
    ? `No other trial of as many epochs lies within the best one's 95 % interval (${range}, ${images}).`
    : `Within the best one's 95 % interval (${range}, ${images}) and so not told apart from it (≈): ` +
        `trial ${ties.join(', ')}.`;
};

/** Why figures of a search promise too much. */
export const OPTIMISM =
  'These figures are optimistic: the best of many was picked on the very images that scored it. ' +
  'Score the chosen model once on images that took no part (training:evaluate, --split test).';

/** Puts a finished search into words: the table, what to believe of it, and what to do next. */
export const describeSearch = (state: SearchState, backend: BackendName): string[] => {
  const { rows, folder } = state;
  const command = bestCommand(state, backend);
  const [best] = rows;
  if (command === undefined || best === undefined)
    return ['', leaderboardTable(state), '', 'No trial could be trained to a rung; see the reasons above.'];
  const model = trialFolder(folder, best.trial);
  return [
    '',
    leaderboardTable(state),
    '',
    describeTies(state),
    OPTIMISM,
    '',
    `${'Best'.padEnd(12)}trial ${best.trial}${best.status === 'finished' ? `, a finished model: ${model}` : ''}`,
    `${'Board'.padEnd(12)}${join(folder, 'leaderboard.html')} (open it in a browser), leaderboard.json`,
    `${'Again'.padEnd(12)}${command}`,
    ...(best.status === 'finished' ? [`${'Next'.padEnd(12)}npx nx run export:onnx -- --model ${model}`] : []),
  ];
};
