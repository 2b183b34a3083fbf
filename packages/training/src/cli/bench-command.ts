import { Command, Option } from 'commander';
import { benchBackend, type BenchResult } from '../backend/bench-backends.ts';
import { machine } from '../bench/machine.ts';
import { CONCRETE_BACKENDS, type ConcreteBackend } from '../backend/select-backend.ts';
import { textTable } from '../evaluate/text-table.ts';
import { architectures, getArchitecture } from '../model/architectures.ts';
import { benchAgainstPyTorch } from './bench-against-pytorch.ts';
import { parsePositive } from './option-values.ts';

interface Given {
  readonly backend: readonly ConcreteBackend[];
  readonly arch: readonly string[];
  readonly batch?: number;
  readonly steps: number;
  readonly pytorch?: string;
  readonly json?: true;
}

/** What was measured of one backend, by architecture. */
export interface BenchRow {
  readonly backend: ConcreteBackend;
  readonly results: Readonly<Record<string, BenchResult>>;
}

const describeBackend = ({ results }: BenchRow): string => {
  const all = Object.values(results);
  const speed = all.find((result) => result.speed !== undefined)?.speed;
  const reasons = [...new Set(all.flatMap(({ reason }) => reason ?? []))].join(' ');
  return speed === undefined ? reasons : `${speed.backend.description}${reasons && ` (${reasons})`}`;
};

/** Lays the measurements out as a table, one line for each backend. */
export const formatBench = (rows: readonly BenchRow[], archNames: readonly string[]): string => {
  const figure = (result: BenchResult | undefined): string =>
    result?.speed === undefined
      ? '–'
      : result.speed.imagesPerSecond.toFixed(result.speed.imagesPerSecond < 10 ? 1 : 0);
  const table = [
    ['backend', ...archNames, 'runs on'],
    ...rows.map((row) => [
      row.backend,
      ...archNames.map((name) => figure(row.results[name])),
      describeBackend(row),
    ]),
  ];
  return textTable(table, ['left', ...archNames.map(() => 'right' as const), 'left']);
};

const measureAll = async ({ backend, arch, batch, steps }: Given): Promise<BenchRow[]> => {
  const rows: BenchRow[] = [];
  for (const name of backend) {
    const results: Record<string, BenchResult> = {};
    for (const architecture of arch) {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001B[Kmeasuring ${name}, ${architecture} …`);
      results[architecture] = await benchBackend({
        backend: name,
        architecture,
        steps,
        ...(batch === undefined ? {} : { batchSize: batch }),
      });
    }
    rows.push({ backend: name, results });
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  return rows;
};

const run = async (given: Given, command: Command): Promise<void> => {
  const { pytorch: python, backend, batch, steps, json } = given;
  if (python !== undefined) {
    const backends =
      command.getOptionValueSource('backend') === 'default' ? (['tensorflow'] as const) : backend;
    return benchAgainstPyTorch({ python, backends, batch, steps, isJson: json === true });
  }
  const batchSizes = given.arch.map((name) => `${name} ${batch ?? getArchitecture(name).recipe.batchSize}`);
  const rows = await measureAll(given);
  const { cpu, cores, node } = machine();
  const header = `Training steps in images per second; batch: ${batchSizes.join(', ')}; ${cpu}, ${cores} cores, Node ${node}`;
  process.stdout.write(
    json === true
      ? `${JSON.stringify({ machine: machine(), rows }, null, 2)}\n`
      : `${header}\n\n${formatBench(rows, given.arch)}\n`,
  );
  const isMeasured = rows.some(({ results }) =>
    Object.values(results).some(({ speed }) => speed !== undefined),
  );
  if (!isMeasured) process.exitCode = 1;
};

/** The command that measures how fast each backend trains here. */
export const benchCommand = (): Command =>
  new Command('bench')
    .description('Measures training steps (forward, backward, optimiser) on each backend that runs here.')
    .addOption(
      new Option('--backend <names...>', 'which backends')
        .choices(CONCRETE_BACKENDS)
        .default([...CONCRETE_BACKENDS], 'all'),
    )
    .addOption(
      new Option('--arch <names...>', 'which architectures')
        .choices(Object.keys(architectures))
        .default(Object.keys(architectures), 'all'),
    )
    .option('--batch <images>', "images per step; default: the architecture's own", parsePositive)
    .option('--steps <count>', 'steps to measure; slow backends take fewer', parsePositive, 20)
    .addOption(
      new Option(
        '--pytorch <python>',
        'measure the residual network beside PyTorch, in turns; path of a Python that has torch',
      ).conflicts('arch'),
    )
    .option('--json', 'print JSON')
    .option('--verbose', 'stack traces with errors')
    .action(run);
