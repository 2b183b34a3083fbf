import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** A page, bundled for production into a folder of its own. */
export interface BuiltPage extends AsyncDisposable {
  readonly folder: string;
  /** Deletes the folder. */
  remove(): Promise<void>;
}

/** The page that does nothing but expose `@mien/infer-web` to whoever drives the browser. */
export const HARNESS = fileURLToPath(new URL('./harness/', import.meta.url));

const vite = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');

/**
 * Bundles a page with Vite as its users would, from the packages' sources, into a temporary folder. Vite runs in a
 * process of its own: its native bundler does not know the objects of a test runner's realm.
 *
 * @param root the folder of its `index.html` and `vite.config.ts`.
 */
export const buildPage = async (root = HARNESS): Promise<BuiltPage> => {
  const folder = await mkdtemp(join(tmpdir(), 'mien-page-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const args = [vite(), 'build', root, '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'];
    await runFile(process.execPath, args, { cwd: root, env });
    return { folder, remove, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
};
