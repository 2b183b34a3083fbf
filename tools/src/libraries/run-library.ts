import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LibraryResult } from './measure-library.ts';

/** The compiled program of a library's process: a loader of TypeScript in it would count as memory. */
const COMPILED_CHILD = new URL('../../dist/libraries/child.js', import.meta.url);

/** A library that could not be measured here. */
export interface LibraryFailure {
  readonly reason: string;
}

/** The line of an error that says what was wrong. */
const reasonIn = (errors: string): string => {
  const lines = errors.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => /^\w*Error\b/u.test(line)) ?? lines.find((line) => line !== '') ?? 'it ended early'
  );
};

/** What {@link runLibrary} measures. */
export interface RunLibraryParams {
  readonly id: string;
  readonly repeats: number;
  /** The process's program. */
  readonly child?: URL;
  /** Node's own flags for it. */
  readonly execArgv?: readonly string[];
}

/** Measures a library in a process of its own, which takes packages as they are installed: built, not from sources. */
export const runLibrary = ({
  id,
  repeats,
  child: program = COMPILED_CHILD,
  execArgv = [],
}: RunLibraryParams): Promise<LibraryResult | LibraryFailure> =>
  new Promise((resolve) => {
    const child = fork(fileURLToPath(program), [id, String(repeats)], {
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
    });
    let errors = '';
    let result: LibraryResult | undefined;
    child.stderr?.on('data', (chunk) => {
      errors += String(chunk);
    });
    child.on('message', (message) => {
      result = message as LibraryResult;
    });
    child.on('close', () => resolve(result ?? { reason: reasonIn(errors) }));
  });
