import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { FfmpegNotFoundError } from './video-errors.ts';

/** A running ffmpeg. */
export interface Ffmpeg {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves once it has ended and its output was read: to its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Ends it, and waits until it has. */
  kill(): Promise<void>;
}

/**
 * Starts ffmpeg.
 *
 * @param signal ends it.
 * @throws {FfmpegNotFoundError} when it cannot be started.
 */
export const startFfmpeg = async (
  program: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Ffmpeg> => {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new FfmpegNotFoundError(program, code === 'ENOENT' ? 'there is no such program' : message);
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const stop = (): boolean => child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    kill: async () => {
      signal.removeEventListener('abort', stop);
      stop();
      // Where nobody reads on, what is left in the pipes would keep them open.
      child.stdout.destroy();
      child.stderr.destroy();
      await ended;
    },
  };
};
