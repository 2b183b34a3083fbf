import { describeError } from '@mien/contract';
import * as tf from '@tensorflow/tfjs';
import { Command } from 'commander';
import { join } from 'node:path';
import { exportModel, type ExportedModel } from '../folder/export-model.ts';
import type { MadePrecision } from '../folder/make-precisions.ts';
import { countOps } from '../graph/graph.ts';
import { PRODUCER } from '../write/write-onnx.ts';
import { exportRepository } from './export-repository.ts';
import { parseName } from './option-values.ts';
import {
  addPrecisionOptions,
  addTrainedModelOptions,
  precisionRequest,
  rangesPath,
  type PrecisionOptions,
} from './precision-options.ts';
import { reportPrecisions, writeRanges } from './report-precisions.ts';

/** The repository's test fixtures, seen from this file in `src/cli` and in `dist/cli` alike. */
const FIXTURES = new URL('../../../../test-fixtures/', import.meta.url);

interface Options extends PrecisionOptions {
  readonly model: string;
  readonly out?: string;
  readonly name?: string;
  readonly triton?: string;
  readonly verbose: boolean;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const describeGraph = ({ graph, nodesBefore }: ExportedModel): string => {
  const ops = [...countOps(graph)].map(([op, count]) => `${count} ${op}`).join(', ');
  return `Graph: ${graph.nodes.length} nodes (${nodesBefore} before optimising): ${ops}`;
};

const describeFile = ({ card }: MadePrecision, out: string, seconds: number): string => {
  const { file, bytes, opset, sha256 } = card.graph;
  const size = `${(bytes / 1e6).toFixed(2)} MB, opset ${opset}, sha256 ${sha256.slice(0, 12)}…`;
  return `Wrote ${join(out, file)} (${size}) and its card in ${seconds.toFixed(1)} s.`;
};

const convert = async (options: Options, outFolder: string): Promise<ExportedModel> => {
  const { model, name } = options;
  const started = performance.now();
  const precisions = await precisionRequest(options, model, print);
  print(`Converting ${model}`);
  const params = { modelFolder: model, outFolder, name, fixtures: FIXTURES, precisions, report: print };
  const exported = await exportModel(params);
  print(describeGraph(exported));
  const seconds = (performance.now() - started) / 1000;
  for (const made of exported.graphs) print(describeFile(made, outFolder, seconds));
  return exported;
};

const run = async (options: Options): Promise<void> => {
  const { model, out, report } = options;
  await tf.setBackend('cpu');
  const outFolder = out ?? join(model, 'onnx');
  const exported = await convert(options, outFolder);
  const { calibration, graphs } = exported;
  if (calibration !== undefined) {
    const path = rangesPath(options, model);
    await writeRanges(path, calibration.ranges);
    print(`Wrote ${path}: with it, the same int8 graph can be made without the faces.`);
  }
  if (options.triton !== undefined) {
    for (const path of await exportRepository(options.triton, exported, options.name)) print(`Wrote ${path}`);
  }
  const isMeasured = graphs.length > 1 || exported.evaluationImages !== undefined || report !== undefined;
  if (isMeasured) await reportPrecisions(exported, { path: report, print });
  const graph = join(outFolder, (graphs[0] as MadePrecision).card.graph.file);
  print(`\nNext:\n  npx nx run cli:mien -- classify --model ${graph} face.png\n  npx nx run tools:parity`);
};

const program = new Command('export:onnx')
  .description('Convert a trained model to ONNX and prove that it computes the same.')
  .version(PRODUCER.version)
  .option(
    '--model <folder>',
    "a trained model's folder: model.json, weights, card.json",
    'dist/training/built-in',
  )
  .option('--out <folder>', 'gets the graph and its card (default: onnx inside the model folder)')
  .option('--name <name>', 'what the files are called: NAME.onnx, NAME.card.json (default: model)', parseName)
  .option('--triton <folder>', 'also write a Triton model repository')
  .option('--verbose', 'show the stack trace of an error', false)
  .showHelpAfterError('(--help lists the options)')
  .allowExcessArguments(false)
  .addHelpText(
    'after',
    '\nExamples:\n' +
      '  npx nx run export:onnx\n' +
      '  npx nx run export:onnx -- --model dist/training/residual\n' +
      '  npx nx run export:onnx -- --precision fp32,fp16,int8 --calibrate faces/\n' +
      '  npx nx run export:onnx -- --precision int8 --evaluate labelled-faces/ --report report.json',
  );

addTrainedModelOptions(addPrecisionOptions(program));
tf.enableProdMode();
program.parse();
const options = program.opts<Options>();
try {
  await run(options);
} catch (error) {
  process.stderr.write(`${describeError(error, options)}\n`);
  process.exitCode = 1;
}
