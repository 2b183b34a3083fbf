import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeError } from '@mien/contract';
import { expressionModel } from '@mien/models';
import { Command, InvalidArgumentError, Option } from 'commander';
import { TOLERANCE } from './compare.ts';
import { checkExport, findNewestExport } from './find-export.ts';
import { findUnmet } from './find-unmet.ts';
import { renderParityTable } from './render-table.ts';
import { RUNTIMES, runParity, type ParityReport } from './run-parity.ts';
import { parseCount } from '../parse-count.ts';

interface Options {
  readonly export?: string;
  readonly model?: string;
  readonly shipped: boolean;
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

const command = (): Command =>
  new Command('tools:parity')
    .description('Runs one exported graph on every runtime and compares it with the model as it was trained.')
    .option(
      '--export <path>',
      'its export: an ONNX file, or the folder of model.onnx (default: onnx inside the model folder)',
    )
    .addOption(
      new Option('--shipped', 'compare the model that ships with Mien')
        .default(false)
        .conflicts(['export', 'model']),
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
        'Examples:\n  npx nx run tools:parity -- --shipped\n' +
        '  npx nx run tools:parity -- --require node-cpu,chromium-wasm,chromium-webgpu',
    );

const print = ({ reference, rows }: ParityReport): void => {
  const { provider, msPerFace } = reference;
  const faces = rows[0]?.faces ?? 0;
  console.log(`\n${renderParityTable(rows)}\n`);
  console.log(
    `Reference: TensorFlow.js on ${provider}, ${msPerFace.toFixed(1)} ms/face; ${faces} fixture faces.`,
  );
};

/** The graph, and the trained model that it was made from. */
const findCompared = async (
  options: Options,
): Promise<{ readonly graphFile: string; readonly modelFolder: string }> => {
  if (options.shipped) {
    const { model } = expressionModel.fp32;
    const graphFile = await checkExport(fileURLToPath(model));
    return { graphFile, modelFolder: fileURLToPath(new URL('../expression', model)) };
  }
  const named = options.export ?? (options.model === undefined ? undefined : join(options.model, 'onnx'));
  const graphFile = await (named === undefined ? findNewestExport('dist/training') : checkExport(named));
  return { graphFile, modelFolder: options.model ?? dirname(dirname(graphFile)) };
};

const parity = async (options: Options): Promise<boolean> => {
  const { graphFile, modelFolder } = await findCompared(options);
  console.log(`Comparing ${graphFile} with ${modelFolder} …`);
  const report = await runParity({
    graphFile,
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
