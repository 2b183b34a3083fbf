#!/usr/bin/env node
import * as tf from '@tensorflow/tfjs';
import { Command } from 'commander';
import { convertFile } from './convert-file.ts';
import { addConvertOptions, addShapeOption, type ConvertOptions } from './convert-options.ts';
import { describeInspection } from './describe-inspection.ts';
import type { InputShapes } from '../graph-model/declare-inputs.ts';
import { readModelFile } from '../files/read-model-file.ts';
import { inspectModel } from '../inspect-model.ts';
import { PRODUCER } from '../write/write-onnx.ts';
import { print, runCommand } from './run-command.ts';

const inspect = async (path: string, { shape: inputShapes }: { shape: InputShapes }): Promise<void> => {
  const inspection = await inspectModel({ ...(await readModelFile(path)), inputShapes });
  for (const line of describeInspection(path, inspection)) print(line);
  if (inspection.graph === undefined) process.exitCode = 1;
};

const program = new Command('tfjs-to-onnx')
  .description('Convert any TensorFlow.js model (GraphModel or LayersModel) to ONNX.')
  .version(PRODUCER.version)
  .argument('<model>', 'path of model.json, or of the folder that it lies in; weight files lie beside it')
  .allowExcessArguments(false)
  .enablePositionalOptions()
  .showHelpAfterError('(--help lists the options)')
  .addHelpText(
    'after',
    '\nExamples:\n' +
      '  tfjs-to-onnx my-model/model.json -o my-model.onnx --verify\n' +
      '  tfjs-to-onnx my-model -o my-model.onnx --precision fp32,fp16 --verify\n' +
      '  tfjs-to-onnx my-model -o small.onnx --precision int8 --calibrate pictures/ --input-range 0..1\n' +
      '  tfjs-to-onnx my-model --triton models/ --labels names.txt\n' +
      '  tfjs-to-onnx inspect my-model/model.json',
  );

addConvertOptions(program).action((model: string, options: ConvertOptions) =>
  runCommand(() => convertFile(model, options), options),
);

addShapeOption(
  program
    .command('inspect')
    .description('say what a model is made of, and what stands in the way of converting it')
    .argument('<model>', 'path of model.json, or of the folder that it lies in'),
)
  .option('--verbose', 'show the stack trace of an error', false)
  .allowExcessArguments(false)
  .action((model: string, options: { verbose: boolean; shape: InputShapes }) =>
    runCommand(() => inspect(model, options), options),
  );

tf.enableProdMode();
await tf.setBackend('cpu');
await program.parseAsync();
