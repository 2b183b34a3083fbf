import { join } from 'node:path';
import { Option } from 'commander';
import type { BackendName } from '../backend/select-backend.ts';
import { PROTOCOLS } from '../dataset/protocol.ts';

// Not `BACKEND_NAMES`: its module loads TensorFlow.js, and parsing a command line must not.
const BACKENDS: readonly BackendName[] = ['auto', 'tensorflow', 'webgpu', 'wasm', 'cpu'];

/** `--backend`. */
export const backendOption = (): Option =>
  new Option('--backend <name>', 'what computes').choices(BACKENDS).default('auto');

/** `--cache-dir`: by default beside the other caches of installed packages. Commands share it: images are decoded once. */
export const cacheDirOption = (): Option =>
  new Option('--cache-dir <folder>', 'decoded images').default(join('node_modules', '.cache', 'mien'));

/** `--protocol`. */
export const protocolOption = (description: string): Option =>
  new Option('--protocol <name>', description).choices(PROTOCOLS);
