import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MienError } from '@mien/contract';

/** Plain, with pixels stored channels last, and that in bfloat16 where PyTorch's autocast chooses it. */
export const PYTORCH_MODES = ['float32', 'channels_last', 'bfloat16'] as const;

/** One of {@link PYTORCH_MODES}. */
export type PyTorchMode = (typeof PYTORCH_MODES)[number];

/** How fast PyTorch trains the `residual` network. */
export interface PyTorchSpeed {
  /** PyTorch's version. */
  readonly torch: string;
  readonly threads: number;
  /** Trainable numbers. */
  readonly parameters: number;
  readonly imagesPerSecond: number;
}

/** A Python that cannot measure. */
export class PyTorchUnavailableError extends MienError {
  override readonly name = 'PyTorchUnavailableError';
  constructor(
    readonly python: string,
    readonly reason: string,
  ) {
    super(
      `Cannot measure PyTorch with "${python}": ${reason}. Give a Python that has it, e.g. ` +
        `--pytorch ~/venv/bin/python after "~/venv/bin/python -m pip install torch".`,
    );
  }
}

const SCRIPT = fileURLToPath(new URL('../../bench/pytorch_step.py', import.meta.url));

/** What a failed process said last, or that it could not be started. */
const reasonOf = (error: unknown): string => {
  const { code, stderr = '' } = error as { code?: string | number; stderr?: string };
  if (code === 'ENOENT') return 'there is no such program';
  if (code === 'EACCES') return 'it may not be executed';
  return stderr.trim().split('\n').at(-1) || `it ended with ${code ?? 'a signal'}`;
};

const isSpeed = (value: unknown): value is PyTorchSpeed => {
  const { torch, imagesPerSecond } = (value ?? {}) as Partial<PyTorchSpeed>;
  return typeof torch === 'string' && typeof imagesPerSecond === 'number' && imagesPerSecond > 0;
};

const parse = (python: string, output: string): PyTorchSpeed => {
  try {
    const speed: unknown = JSON.parse(output);
    if (isSpeed(speed)) return speed;
  } catch {
    // Told below, for all that is no measurement.
  }
  throw new PyTorchUnavailableError(python, `it answered "${output.trim().slice(0, 80)}"`);
};

/**
 * Measures training steps of the `residual` network in PyTorch, in a process of its own.
 *
 * @param params.python path of a Python that has PyTorch.
 * @throws {PyTorchUnavailableError} when it cannot be run, or has none.
 */
export const measurePyTorch = async (params: {
  readonly python: string;
  readonly mode: PyTorchMode;
  readonly batchSize: number;
  readonly steps: number;
}): Promise<PyTorchSpeed> => {
  const { python, mode, batchSize, steps } = params;
  const args = [SCRIPT, '--mode', mode, '--batch', String(batchSize), '--steps', String(steps)];
  const { stdout } = await promisify(execFile)(python, args).catch((error: unknown) => {
    throw new PyTorchUnavailableError(python, reasonOf(error));
  });
  return parse(python, stdout);
};
