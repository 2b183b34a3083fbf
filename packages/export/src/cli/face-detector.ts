import * as tf from '@tensorflow/tfjs';
import { Command } from 'commander';
import { join } from 'node:path';
import { exportFaceDetector, type ExportFaceDetectorParams } from '../detector/export-face-detector.ts';
import { print, runCommand } from './run-command.ts';

interface Options extends Omit<ExportFaceDetectorParams, 'outFolder'> {
  readonly out: string;
  readonly verbose: boolean;
}

const program = new Command('face-detector')
  .description('Convert the face detector to ONNX, decoding included, and prove that it computes the same.')
  .requiredOption('--model <file>', "path of the BlazeFace GraphModel's JSON file")
  .option('--out <folder>', 'gets the graph and its card', '.')
  .option('--name <name>', 'what the files are called: NAME.onnx, NAME.card.json', 'face-detector')
  .option('--verbose', 'show the stack trace of an error', false)
  .allowExcessArguments(false)
  .showHelpAfterError('(--help lists the options)')
  .action(({ out, ...params }: Options) =>
    runCommand(async () => {
      print(`Converting ${params.model}`);
      const { card, difference } = await exportFaceDetector({ ...params, outFolder: out });
      const { file, bytes, sha256 } = card.graph;
      print(`Largest difference from tfjs: ${difference.toExponential(2)}`);
      print(
        `Wrote ${join(out, file)} (${(bytes / 1e6).toFixed(2)} MB, sha256 ${sha256.slice(0, 12)}…) and its card.`,
      );
    }, params),
  );

tf.enableProdMode();
await tf.setBackend('cpu');
await program.parseAsync();
