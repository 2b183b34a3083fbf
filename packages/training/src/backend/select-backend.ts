import { isMienError } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { BackendUnavailableError, UnknownBackendError } from './backend-unavailable-error.ts';
import { startTensorflow } from './start-tensorflow.ts';
import { startWasm } from './start-wasm.ts';
import { startWebGpu } from './start-webgpu.ts';
import type { StartedBackend } from './started-backend.ts';

/** What computes, best first: the order in which `auto` tries. */
export const CONCRETE_BACKENDS = ['tensorflow', 'webgpu', 'wasm', 'cpu'] as const;

/** One of the backends that {@link selectBackend} can start. */
export type ConcreteBackend = (typeof CONCRETE_BACKENDS)[number];

/** What may be asked for on the command line. */
export const BACKEND_NAMES = ['auto', ...CONCRETE_BACKENDS] as const;

/** A backend by name, or `auto` for the best one that runs here. */
export type BackendName = (typeof BACKEND_NAMES)[number];

/** The backend that computes from now on. */
export interface BackendInUse {
  readonly name: ConcreteBackend;
  /** What runs, in words, e.g. `TensorFlow 2.21.0 (native)`. */
  readonly description: string;
  /** Why the better ones were passed over, one line each; empty unless `auto` was asked for. */
  readonly reasons: readonly string[];
}

interface Starter {
  start(isAuto: boolean): Promise<StartedBackend>;
  readonly remedy: string;
}

const startCpu = async (): Promise<StartedBackend> => {
  await tf.setBackend('cpu');
  return { description: 'plain JavaScript (slow)' };
};

const STARTERS: Readonly<Record<ConcreteBackend, Starter>> = {
  tensorflow: { start: startTensorflow, remedy: 'Run `npx nx run training:install-native`' },
  webgpu: {
    start: (isAuto) => startWebGpu({ acceptSoftware: !isAuto }),
    remedy: 'Install a Vulkan, Metal or D3D12 driver for the GPU',
  },
  wasm: { start: startWasm, remedy: 'Run `npm ci` again' },
  cpu: { start: startCpu, remedy: 'Run `npm ci` again' },
};

const firstLine = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n').find((line) => line.trim() !== '') ?? 'no reason given')
    .trim()
    .replace(/\.$/u, '');
};

/** Starts a backend and lets it compute: some load and then fail on their first operation. */
const tryStart = async (name: ConcreteBackend, isAuto: boolean): Promise<StartedBackend> => {
  const started = await STARTERS[name].start(isAuto);
  const product = tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])));
  const values = await product.data();
  product.dispose();
  if (values.some((value) => value !== 3)) throw new Error('it computes wrongly');
  return started;
};

/**
 * Makes one backend TensorFlow.js's current one.
 *
 * `auto` takes native TensorFlow if it loads, else WebGPU if there is a real GPU, else WebAssembly, else JavaScript.
 *
 * @throws {BackendUnavailableError} when the backend that was named cannot run here.
 * @throws {UnknownBackendError} when there is no such backend.
 */
export const selectBackend = async (requested: BackendName): Promise<BackendInUse> => {
  if (!BACKEND_NAMES.includes(requested)) throw new UnknownBackendError(requested, BACKEND_NAMES);
  tf.enableProdMode();
  const isAuto = requested === 'auto';
  const reasons: string[] = [];
  for (const name of isAuto ? CONCRETE_BACKENDS : [requested]) {
    try {
      const { description } = await tryStart(name, isAuto);
      return { name, description, reasons };
    } catch (error) {
      if (isMienError(error)) throw error;
      if (!isAuto) throw new BackendUnavailableError(name, firstLine(error), STARTERS[name].remedy);
      reasons.push(`${name}: ${firstLine(error)}`);
    }
  }
  throw new BackendUnavailableError('auto', reasons.join('; '), 'Run `npm ci` again');
};
