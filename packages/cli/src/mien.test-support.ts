import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const REGISTER = new URL('../../../tools/register-source.mjs', import.meta.url).href;

/** What a run of `mien` came to. */
export interface MienResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of `mien` that goes on. */
export interface RunningMien {
  readonly child: ChildProcessWithoutNullStreams;
  readonly result: Promise<MienResult>;
}

/** Starts `mien` in a process of its own, as the shell does. */
export const startMien = (
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): RunningMien => {
  // Whether the tests themselves run under Nx must not matter.
  const { NX_WORKSPACE_ROOT: _, ...rest } = process.env;
  const child = spawn(process.execPath, ['--conditions=@mien/source', '--import', REGISTER, MAIN, ...args], {
    cwd,
    env: { ...rest, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const result = once(child, 'close').then(([exitCode]) => ({
    exitCode: exitCode as number | null,
    stdout,
    stderr,
  }));
  return { child, result };
};

/** Runs `mien` to its end. */
export const runMien = async (
  args: readonly string[],
  options: Parameters<typeof startMien>[1] & { readonly stdin?: Uint8Array },
): Promise<MienResult> => {
  const { child, result } = startMien(args, options);
  child.stdin.end(options.stdin ?? '');
  return result;
};
