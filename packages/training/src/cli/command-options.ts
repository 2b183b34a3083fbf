import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { BackendName } from '../backend/select-backend.ts';
import { PROTOCOLS } from '../dataset/protocol.ts';
import { SPLITS } from '../dataset/sample.ts';

// Not `BACKEND_NAMES`: its module loads TensorFlow.js, and parsing a command line must not.
const BACKENDS: readonly BackendName[] = ['auto', 'tensorflow', 'webgpu', 'wasm', 'cpu'];

/** `--backend`. */
export const backendOption = (): Option =>
  new Option('--backend <name>', 'what computes').choices(BACKENDS).default('auto');

/** `--cache-dir`: by default beside the other caches of installed packages. Commands share it: images are decoded once. */
export const cacheDirOption = (): Option =>
  new Option('--cache-dir <folder>', 'decoded images').default(join('node_modules', '.cache', 'mien'));

/** `--accept-new-code`. */
export const newCodeOption = (): Option =>
  new Option('--accept-new-code', 'go on also where the training code has changed since').conflicts('fresh');

/** `--protocol`. */
export const protocolOption = (description: string): Option =>
  new Option('--protocol <name>', description).choices(PROTOCOLS);

/** `--head`. */
export const headOption = (): Option =>
  new Option(
    '--head <name>',
    "another head than the main one, e.g. fer2013; scored by the data's own labels",
  );

/** `--data`, `--votes`, `--protocol` and `--split` of commands that score a trained model. */
export const addScoredDataOptions = (command: Command): Command =>
  command
    .optionsGroup('Data:')
    .option('--data <path>', 'folder or fer2013.csv; default: built-in faces, for a model that knows those')
    .option('--votes <csv>', 'FER+ votes (fer2013new.csv)')
    .addOption(protocolOption('with votes: which images count'))
    .addOption(
      new Option('--split <name>', 'default: test where there is one, else validation').choices(SPLITS),
    );
