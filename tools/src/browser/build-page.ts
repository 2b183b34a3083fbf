import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, defaultClientConditions } from 'vite';

/** A page, bundled for production into a folder of its own. */
export interface BuiltPage extends AsyncDisposable {
  readonly folder: string;
  /** Deletes the folder. */
  remove(): Promise<void>;
}

/** The page that does nothing but expose `@mien/infer-web` to whoever drives the browser. */
export const HARNESS = fileURLToPath(new URL('./harness/', import.meta.url));

/**
 * Bundles a page with Vite as its users would, from the packages' sources, into a temporary folder.
 *
 * @param root the folder of its `index.html`.
 */
export const buildPage = async (root = HARNESS): Promise<BuiltPage> => {
  const folder = await mkdtemp(join(tmpdir(), 'mien-page-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      base: './',
      resolve: { conditions: ['@mien/source', ...defaultClientConditions] },
      build: {
        outDir: folder,
        emptyOutDir: true,
        reportCompressedSize: false,
        modulePreload: { polyfill: false },
      },
    });
    return { folder, remove, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
};
