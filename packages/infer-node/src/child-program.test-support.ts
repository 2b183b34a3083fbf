import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What a program of its own came to. */
export interface ProgramResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs TypeScript in a process of its own, as users run it: for what only shows there, such as exit codes, settings of
 * the environment, and what the main thread has loaded.
 *
 * @param program a module's text or, as a URL, the file of one.
 */
export const runProgram = (
  program: string | URL,
  {
    args = [],
    env = {},
    cwd = ROOT,
  }: { readonly args?: readonly string[]; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Promise<ProgramResult> =>
  new Promise((resolve, reject) => {
    const register = new URL('../../../tools/register-source.mjs', import.meta.url).href;
    const source =
      program instanceof URL ? [fileURLToPath(program)] : ['--input-type=module', '--eval', program, '--'];
    const child = spawn(
      process.execPath,
      ['--conditions=@mien/source', '--import', register, ...source, ...args],
      { cwd, env: { ...process.env, ...env } },
    );
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
