import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeError } from '@mien/contract';
import { Command, InvalidArgumentError } from 'commander';
import { TOLERANCE } from './compare.ts';
import { checkExport, findNewestExport } from './find-export.ts';
import { findUnmet } from './find-unmet.ts';
import { renderParityTable } from './render-table.ts';
import { RUNTIMES, runParity, type ParityReport } from './run-parity.ts';

interface Options {
  readonly export?: string;
  readonly model?: string;
  readonly json: string;
  readonly faces?: number;
  readonly only?: readonly string[];
  readonly require: readonly string[];
  readonly verbose?: true;
}

const IDS = RUNTIMES.map(({ id }) => id);

const parseIds = (value: string): string[] => {
  const ids = value.split(',').map((id) => id.trim());
  const unknown = ids.find((id) => !IDS.includes(id));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no runtime "${unknown}". Choose from ${IDS.join(', ')}.`);
  return ids;
};

const parseCount = (value: string): number => {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Pass a whole number from 1 on.');
  return count;
};

const command = (): Command =>
  new Command('tools:parity')
    .description('Runs one exported graph on every runtime and compares it with the model as it was trained.')
    .option(
      '--export <folder>',
      'its export: model.onnx and model.card.json (default: onnx inside the model folder)',
    )
    .option(
      '--model <folder>',
      'the trained model (default: the one in dist/training that was exported last)',
    )
    .option('--json <file>', 'where to write the figures', 'dist/parity.json')
    .option('--only <ids>', `run these alone, of ${IDS.join(', ')}`, parseIds)
    .option(
      '--faces <count>',
      'only so many of the fixture faces, for slow machines (default: all)',
      parseCount,
    )
    .option('--require <ids>', 'fail where one of these is missing or not run', parseIds, [])
    .option('--verbose', 'show stack traces')
    .addHelpText(
      'after',
      `\nExits with 1 when a runtime is further than ${TOLERANCE} from TensorFlow.js, gives another label, or fails. ` +
        'A runtime that this machine does not have is a row that says why; it fails where it is required, or where ' +
        'no other has run.\n\n' +
        'Example:\n  npx nx run tools:parity -- --require node-cpu,chromium-wasm,chromium-webgpu',
    );

const print = ({ reference, rows }: ParityReport): void => {
  const { provider, msPerFace } = reference;
  const faces = rows[0]?.faces ?? 0;
  console.log(`\n${renderParityTable(rows)}\n`);
  console.log(
    `Reference: TensorFlow.js on ${provider}, ${msPerFace.toFixed(1)} ms/face; ${faces} fixture faces.`,
  );
};

const parity = async (options: Options): Promise<boolean> => {
  const named = options.export ?? (options.model === undefined ? undefined : join(options.model, 'onnx'));
  const exportFolder = await (named === undefined ? findNewestExport('dist/training') : checkExport(named));
  const modelFolder = options.model ?? dirname(exportFolder);
  console.log(`Comparing ${exportFolder} with ${modelFolder} …`);
  const report = await runParity({
    exportFolder,
    modelFolder,
    ...(options.faces === undefined ? {} : { count: options.faces }),
    runtimes: RUNTIMES.filter(({ id }) => options.only?.includes(id) ?? true),
    onRow: ({ runtime, verdict }) => console.log(`  ${runtime}: ${verdict}`),
  });
  await mkdir(dirname(options.json), { recursive: true });
  await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
  print(report);
  const unmet = findUnmet(report.rows, options.require);
  console.log(
    unmet.length === 0 ? `All that ran agree within ${TOLERANCE}.` : `Not in agreement: ${unmet.join(', ')}.`,
  );
  console.log(`Figures: ${options.json}`);
  return unmet.length === 0;
};

const program = command();
program.action(async (options: Options) => {
  try {
    process.exitCode = (await parity(options)) ? 0 : 1;
  } catch (error) {
    console.error(describeError(error, { verbose: options.verbose ?? false }));
    process.exitCode = 1;
  }
});
await program.parseAsync();
