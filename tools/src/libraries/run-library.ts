import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LibraryResult } from './measure-library.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));

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

/**
 * Measures a library in a process of its own, which takes packages as they are installed: built, not from their sources.
 */
export const runLibrary = (id: string, repeats: number): Promise<LibraryResult | LibraryFailure> =>
  new Promise((resolve) => {
    const execArgv = process.execArgv.filter((flag) => !flag.startsWith('--conditions'));
    const child = fork(CHILD, [id, String(repeats)], {
      execArgv,
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
