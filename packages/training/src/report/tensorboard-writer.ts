import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { MienError } from '@mien/contract';
import { fileVersionEvent, scalarEvent } from './tensorboard-event.ts';
import { tfRecord } from './tf-record.ts';

/** Writes curves for TensorBoard. */
export interface TensorBoardWriter {
  /**
   * Adds one point to the curve `tag`. It is in the file when the call returns, so that a killed run loses nothing.
   *
   * @throws {TensorBoardWriteError} when the file cannot be written, e.g. on a full disk.
   */
  scalar(tag: string, value: number, step: number): void;
  /** Closes the file; the writer cannot be used afterwards. */
  close(): Promise<void>;
}

/** An event file that could not be made or written. */
export class TensorBoardWriteError extends MienError {
  override readonly name = 'TensorBoardWriteError';
  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    super(`Cannot write TensorBoard events to ${path}. Free some space there, or choose another --out.`, {
      cause,
    });
  }
}

/** A name that TensorBoard sorts by time, and that no other run in the folder has. */
const freshFile = (dir: string, wallTime: number): string => {
  const seconds = String(Math.floor(wallTime)).padStart(10, '0');
  const stem = join(dir, `events.out.tfevents.${seconds}.${hostname()}.${process.pid}`);
  let attempt = 0;
  while (existsSync(`${stem}.${attempt}`)) attempt += 1;
  return `${stem}.${attempt}`;
};

/**
 * Opens a new event file in `dir`, made if need be. TensorBoard shows all files of a folder as one run, so a resumed
 * training goes on where the earlier file ends.
 *
 * @throws {TensorBoardWriteError} when the file cannot be made.
 * @example
 * const board = createTensorBoardWriter('dist/training/residual/tensorboard');
 * board.scalar('validation/accuracy', 0.83, epoch);
 * await board.close();
 */
export const createTensorBoardWriter = (dir: string): TensorBoardWriter => {
  const now = (): number => Date.now() / 1000;
  let file = dir;
  const guarded = <Result>(write: () => Result): Result => {
    try {
      return write();
    } catch (error) {
      throw new TensorBoardWriteError(file, error);
    }
  };
  const descriptor = guarded(() => {
    mkdirSync(dir, { recursive: true });
    file = freshFile(dir, now());
    const opened = openSync(file, 'ax');
    writeSync(opened, tfRecord(fileVersionEvent(now())));
    return opened;
  });
  return {
    scalar: (tag, value, step) => {
      guarded(() => writeSync(descriptor, tfRecord(scalarEvent({ wallTime: now(), step, tag, value }))));
    },
    close: async () => closeSync(descriptor),
  };
};
