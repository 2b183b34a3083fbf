import { basename, join } from 'node:path';
import { Command } from 'commander';
import { outputFolder } from '../fit/output-folder.ts';
import { SearchInterruptedError } from '../tune/search-interrupted-error.ts';
import type { SearchObserver, SearchState } from '../tune/search-observer.ts';
import { describeSearch } from './describe-search.ts';
import { optionsOf } from './fit-flags.ts';
import { shellCommand } from './resume-command.ts';
import { SearchProgress } from './search-progress.ts';
import { SignalTrap } from './signal-trap.ts';
import { addTuneFlags, DEFAULT_EPOCHS, spaceHelp, type TuneFlags } from './tune-flags.ts';

const searchFolder = ({ out, data, arch }: TuneFlags): string =>
  out ?? join('dist', 'tune', basename(outputFolder({ data, architecture: arch })));

const search = async (given: TuneFlags, progress: SearchProgress, trap: SignalTrap): Promise<SearchState> => {
  const { tune } = await import('../tune/tune.ts');
  const { writeLeaderboard } = await import('../report/leaderboard/write-leaderboard.ts');
  const { bestCommand } = await import('./describe-search.ts');
  const { trials, method, factor, minEpochs, metric, space, backend, workers, cacheDir } = given;
  const observer: SearchObserver = {
    onPlan: (plan) => {
      trap.set();
      progress.onPlan(plan);
    },
    onTurn: (turn) => progress.onTurn(turn),
    onDataset: (state) => progress.onDataset(state),
    onStart: (start) => progress.onStart(start),
    onStep: (state) => progress.onStep(state),
    onEpoch: (record) => progress.onEpoch(record),
    onState: async (state, turn) => {
      progress.onState(state, turn);
      await writeLeaderboard(state, bestCommand(state, backend));
    },
  };
  return tune({
    options: optionsOf(given),
    out: searchFolder(given),
    space,
    method,
    trials,
    epochs: given.epochs ?? DEFAULT_EPOCHS,
    factor,
    minEpochs,
    metric,
    hasBaseline: given.baseline,
    isFresh: given.fresh === true,
    acceptsNewCode: given.acceptNewCode,
    backend,
    workers,
    cacheDir,
    signal: trap.signal,
    observer,
  });
};

const run = async (given: TuneFlags): Promise<void> => {
  const progress = new SearchProgress(process.stdout);
  const trap = new SignalTrap(() =>
    progress.line('Stopping after this step; Ctrl-C once more stops at once.'),
  );
  try {
    const state = await search(given, progress, trap);
    for (const line of describeSearch(state, given.backend)) progress.line(line);
    if (state.rows[0]?.rank === undefined) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof SearchInterruptedError)) throw error;
    const args = process.argv.slice(3).filter((argument) => argument !== '--fresh');
    throw new SearchInterruptedError(error.trial, error.trials, `Go on with: ${shellCommand('tune', args)}`);
  } finally {
    trap.release();
  }
};

const EXAMPLES = `
Examples:
  $ npx nx run training:tune -- --arch residual
  $ npx nx run training:tune -- --data ~/faces --arch residual --trials 27 --epochs 27
  $ npx nx run training:tune -- --data ~/faces --space learningRate=0.01..0.3:log --space mixup=off --method random
`;

/** The command that searches settings. */
export const tuneCommand = (): Command =>
  addTuneFlags(new Command('tune'))
    .description('Searches settings: trains many, goes on with the promising ones, and ranks them.')
    .addHelpText('after', `${spaceHelp()}${EXAMPLES}`)
    .action(run);
