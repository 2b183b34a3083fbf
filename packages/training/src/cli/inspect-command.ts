import { basename, join, resolve } from 'node:path';
import { MienError } from '@mien/contract';
import { Command, Option } from 'commander';
import { loadDataset } from '../dataset/load-dataset.ts';
import { describeInspection } from '../inspect/describe-inspection.ts';
import { findProblems, PROBLEM_KINDS, type Problem, type ProblemKind } from '../inspect/find-problems.ts';
import { inspectDataset } from '../inspect/inspect-dataset.ts';
import { inspectionJson } from '../inspect/inspection-json.ts';
import { writeInspection } from '../inspect/write-inspection.ts';
import { cacheDirOption } from './command-options.ts';
import { commandOutput } from './command-output.ts';
import { parseWholeNumber } from './option-values.ts';

/** What commander makes of the options. */
interface Given {
  readonly data: string;
  readonly votes?: string;
  readonly seed: number;
  readonly out?: string;
  readonly json?: true;
  readonly failOn?: readonly ProblemKind[];
  readonly cacheDir: string;
}

/** A dataset has problems of a kind that was said to be a failure. */
export class ProblemsFoundError extends MienError {
  override readonly name = 'ProblemsFoundError';
  constructor(readonly problems: readonly Problem[]) {
    super(
      `Failed on ${[...new Set(problems.map(({ kind }) => kind))].join(' and ')}, as --fail-on says: ` +
        problems.map(({ finding, advice }) => `${finding} ${advice}`).join(' '),
    );
  }
}

/** Pictures are looked at in the form in which the networks take them. */
const GEOMETRY = { widthPx: 48, heightPx: 48, channels: 1 } as const;

const run = async (given: Given, command: Command): Promise<void> => {
  const { data, votes, seed, cacheDir, json, failOn = [] } = given;
  const { writeOut, progress } = commandOutput(command);
  const onProgress = (state: { done: number; total: number; what: string }): void =>
    progress.onDataset(state);
  const dataset = await loadDataset({
    data,
    votes,
    keepOwnLabels: votes !== undefined,
    geometry: GEOMETRY,
    seed,
    cacheDir,
    onProgress,
  });
  const inspection = await inspectDataset({ dataset, data, votes, onProgress });
  const problems = findProblems(inspection);
  const folder = given.out ?? join('dist', 'inspect', basename(resolve(data)));
  progress.line('Drawing the report …');
  const written = await writeInspection({ inspection, problems, dataset, folder });
  writeOut(
    json === true
      ? inspectionJson(inspection, problems)
      : `\n${describeInspection(inspection, problems)}\n\n${written.map((file) => `Written: ${file}\n`).join('')}`,
  );
  const failures = problems.filter(({ kind }) => failOn.includes(kind));
  if (failures.length > 0) throw new ProblemsFoundError(failures);
};

const EXAMPLES = `
Examples:
  $ npx nx run training:inspect -- --data ~/faces
  $ npx nx run training:inspect -- --data ~/fer2013 --votes ~/fer2013new.csv --out fer-report
  $ npx nx run training:inspect -- --data ~/faces --fail-on leakage unreadable
  $ npx nx run training:fit -- --data ~/faces --exclude dist/inspect/faces/exclude.txt
`;

/** The command that says what is wrong with a dataset. */
export const inspectCommand = (): Command =>
  new Command('inspect')
    .description(
      'Looks a dataset over before training: class balance, label agreement, duplicates and leakage between splits, ' +
        'blank, odd and unreadable images. Writes a page with pictures, figures as JSON, and a list for --exclude.',
    )
    .requiredOption('--data <path>', 'folder (class/image or split/class/image) or fer2013.csv')
    .option('--votes <csv>', 'FER+ votes (fer2013new.csv), to compare labels with')
    .option('--seed <number>', 'divides a dataset without splits as fit does', parseWholeNumber, 1)
    .option('--out <folder>', 'where the report goes; default: dist/inspect/<name of the data>')
    .option('--json', 'print the figures and lists as JSON instead of a summary')
    .addOption(
      new Option('--fail-on <kinds...>', 'exit with 1 when there are problems of these kinds').choices(
        PROBLEM_KINDS,
      ),
    )
    .addOption(cacheDirOption())
    .option('--verbose', 'stack traces with errors')
    .addHelpText('after', EXAMPLES)
    .action(run);
