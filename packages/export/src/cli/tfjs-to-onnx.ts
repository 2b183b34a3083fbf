#!/usr/bin/env node
import * as tf from '@tensorflow/tfjs';
import { Command, InvalidArgumentError } from 'commander';
import { convertFile, type ConvertOptions } from './convert-file.ts';
import { describeInspection } from './describe-inspection.ts';
import type { InputShapes } from '../graph-model/declare-inputs.ts';
import { readModelFile } from '../files/read-model-file.ts';
import { inspectModel } from '../inspect-model.ts';
import { IR_VERSIONS } from '../write/lower-opset.ts';
import { OPSET, PRODUCER } from '../write/write-onnx.ts';
import { print, runCommand } from './run-command.ts';

const opset = (text: string): number => {
  const number = Number(text);
  if (!Object.hasOwn(IR_VERSIONS, number)) {
    throw new InvalidArgumentError(`Give one of ${Object.keys(IR_VERSIONS).join(', ')}.`);
  }
  return number;
};

/** `name=1,?,?,3`: the sizes of an input, question marks for open ones. */
const shape = (text: string, known: InputShapes = {}): InputShapes => {
  const at = text.lastIndexOf('=');
  const written = text.slice(at + 1).trim();
  const sizes =
    written === '' ? [] : written.split(',').map((size) => (size.trim() === '?' ? -1 : Number(size)));
  if (at < 1 || !sizes.every((size) => Number.isInteger(size) && size >= -1)) {
    throw new InvalidArgumentError('Write it like pixels=?,224,224,3.');
  }
  return { ...known, [text.slice(0, at)]: sizes };
};

const inspect = async (path: string, { shape: inputShapes }: { shape: InputShapes }): Promise<void> => {
  const inspection = await inspectModel({ ...(await readModelFile(path)), inputShapes });
  for (const line of describeInspection(path, inspection)) print(line);
  if (inspection.graph === undefined) process.exitCode = 1;
};

const program = new Command('tfjs-to-onnx')
  .description('Convert any TensorFlow.js model (GraphModel or LayersModel) to ONNX.')
  .version(PRODUCER.version)
  .argument('<model>', 'path of model.json, or of the folder that it lies in; weight files lie beside it')
  .option('-o, --out <file>', 'the ONNX file to write', 'model.onnx')
  .option('--opset <number>', "ONNX's operator set", opset, OPSET)
  .option('--channels-first', 'take and give images as [N, C, H, W] instead of [N, H, W, C]', false)
  .option(
    '--shape <name=sizes>',
    'sizes of an input that the model leaves open, ? for those that stay so',
    shape,
    {},
  )
  .option('--verify', 'run the graph and the model on random inputs and compare them', false)
  .option('--report <file>', 'write what was converted and compared as JSON')
  .option('--verbose', 'show the stack trace of an error', false)
  .allowExcessArguments(false)
  .enablePositionalOptions()
  .showHelpAfterError('(--help lists the options)')
  .addHelpText(
    'after',
    '\nExamples:\n' +
      '  tfjs-to-onnx my-model/model.json -o my-model.onnx --verify\n' +
      '  tfjs-to-onnx inspect my-model/model.json',
  )
  .action((model: string, options: ConvertOptions) => runCommand(() => convertFile(model, options), options));

program
  .command('inspect')
  .description('say what a model is made of, and what stands in the way of converting it')
  .argument('<model>', 'path of model.json, or of the folder that it lies in')
  .option('--shape <name=sizes>', 'sizes of an input that the model leaves open', shape, {})
  .option('--verbose', 'show the stack trace of an error', false)
  .allowExcessArguments(false)
  .action((model: string, options: { verbose: boolean; shape: InputShapes }) =>
    runCommand(() => inspect(model, options), options),
  );

tf.enableProdMode();
await tf.setBackend('cpu');
await program.parseAsync();
