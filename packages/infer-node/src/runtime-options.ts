import { availableParallelism } from 'node:os';
import { InvalidOptionError } from '@mien/contract';
import { DEVICES, type Device } from './session/device.ts';

/** How graphs are run and how much is taken in, whatever they are for. */
export interface RuntimeOptions {
  /** `cpu` unless told otherwise. `auto` tries what there is; any other is refused where it cannot be used. */
  readonly device?: Device;
  /** Threads that each hold the graphs and run one picture at a time; 1 unless told otherwise, WebGPU takes 1. */
  readonly workers?: number;
  /** CPU threads inside one run of a graph; by default the machine's cores are shared out, 4 at most each. */
  readonly threads?: number;
  /** How many pictures may be without a result before further ones are refused; no limit unless told otherwise. */
  readonly queueLimit?: number;
  /** The most bytes that an encoded picture may have; 100 million unless told otherwise. */
  readonly maxBytes?: number;
  /** The most pixels that a picture may unpack to; 50 million unless told otherwise. */
  readonly maxPixels?: number;
}

/** Options that were checked, with what was left out filled in. */
export type ResolvedRuntimeOptions = Required<RuntimeOptions>;

const requireCount = (option: string, value: number): void => {
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidOptionError(option, value, 'a whole number from 1');
};

const requireLimit = (option: string, value: number): void => {
  if (value !== Infinity) requireCount(option, value);
};

/**
 * Checks options and fills in what was left out.
 *
 * @throws {InvalidOptionError} when one has a value that it cannot have.
 */
export const resolveRuntimeOptions = ({
  device = 'cpu',
  workers = 1,
  threads = Math.min(4, Math.max(1, Math.floor(availableParallelism() / workers))),
  queueLimit = Infinity,
  maxBytes = 100_000_000,
  maxPixels = 50_000_000,
}: RuntimeOptions): ResolvedRuntimeOptions => {
  if (!DEVICES.includes(device))
    throw new InvalidOptionError('device', device, `one of ${DEVICES.join(', ')}`);
  requireCount('workers', workers);
  requireCount('threads', threads);
  if (device === 'webgpu' && workers > 1) {
    throw new InvalidOptionError(
      'workers',
      workers,
      '1 on WebGPU, whose runs must not overlap in one process',
    );
  }
  requireLimit('queueLimit', queueLimit);
  requireLimit('maxBytes', maxBytes);
  requireLimit('maxPixels', maxPixels);
  return { device, workers, threads, queueLimit, maxBytes, maxPixels };
};
