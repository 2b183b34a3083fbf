import { Option, type Command } from 'commander';
import type { BackendName } from '../backend/select-backend.ts';
import { AXES } from '../tune/axes.ts';
import { METRICS, type Metric } from '../tune/metric.ts';
import { METHODS, type Method } from '../tune/plan-rungs.ts';
import type { GivenSpace } from '../tune/space.ts';
import { backendOption, cacheDirOption, newCodeOption } from './command-options.ts';
import { addModelFlags } from './add-fit-flags.ts';
import type { ModelFlags } from './fit-flags.ts';
import { parseNumber, parseWholeNumber } from './option-values.ts';
import { parseSpace } from './parse-space.ts';

/** What the command line of `tune` says. */
export interface TuneFlags extends ModelFlags {
  readonly trials: number;
  readonly method: Method;
  readonly factor: number;
  readonly minEpochs?: number;
  readonly metric: Metric;
  readonly space: GivenSpace;
  readonly baseline: boolean;
  readonly workers: number;
  readonly backend: BackendName;
  readonly out?: string;
  readonly fresh?: true;
  readonly acceptNewCode?: true;
  readonly cacheDir: string;
  readonly verbose?: true;
}

/** Epochs of a whole run, unless the user says otherwise: three rungs of 3, 9 and 27. */
export const DEFAULT_EPOCHS = 27;

const addSearchOptions = (command: Command): Command =>
  command
    .optionsGroup('Search:')
    .option('--trials <number>', 'how many settings to try', parseWholeNumber, 16)
    .addOption(
      new Option('--method <name>', 'halving: most trials get few epochs; random: all get all')
        .choices(METHODS)
        .default('halving'),
    )
    .option(
      '--factor <number>',
      'halving: one in so many goes on, for so many times the epochs',
      parseNumber,
      3,
    )
    .option(
      '--min-epochs <number>',
      'halving: epochs of the first rung, at least; default: the warm-up and one',
      parseWholeNumber,
    )
    .addOption(
      new Option('--metric <name>', 'what ranks them, on the validation images')
        .choices(METRICS)
        .default('accuracy'),
    )
    .addOption(
      new Option('--space <axis=domain>', 'what to search, see below; may be given several times')
        .argParser(parseSpace)
        .default({ changes: {} }, 'the axes below that have a default'),
    )
    .option('--no-baseline', 'leave out the first trial, which is the recipe as it stands');

const addRunOptions = (command: Command): Command =>
  command
    .optionsGroup('Run:')
    .addOption(backendOption())
    .option('--workers <number>', 'threads that prepare images; 0: none', parseWholeNumber, 1)
    .option('--out <folder>', 'where everything goes; default: below dist/tune')
    .option('--fresh', 'throw away the search that lies in the folder')
    .addOption(newCodeOption())
    .addOption(cacheDirOption())
    .option('--verbose', 'stack traces with errors');

/** Adds every flag of `tune` to a command, in groups: its own, and those of `fit` that all trials share. */
export const addTuneFlags = (command: Command): Command =>
  addRunOptions(addModelFlags(addSearchOptions(command)));

const NAME_WIDTH = 20;

const axisLine = ({ name, description, defaultDomain }: (typeof AXES)[number]): string =>
  `  ${name.padEnd(NAME_WIDTH)}${description}${defaultDomain === undefined ? ' (on demand)' : ''}`;

/** What `--help` says about the space. */
export const spaceHelp = (): string => `
Axes for --space (searched by default, around the recipe, unless a flag fixes the setting):
${AXES.map((axis) => axisLine(axis)).join('\n')}

Domains: learningRate=0.01..0.3:log is a range by orders of magnitude, labelSmoothing=0..0.2 an even one,
  weightDecay=1e-4,5e-4,1e-3 a choice; weightDecay=0,1e-5..1e-2:log joins both, and mixup=off leaves an axis alone.
  --space space.json replaces the whole space: {"learningRate": "0.01..0.3:log", "batchSize": [32, 64]}.

--epochs is the length of a whole run (default ${DEFAULT_EPOCHS}). The same command goes on with a search that was stopped.
`;
