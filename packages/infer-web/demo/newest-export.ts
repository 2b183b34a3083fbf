import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const FILES = ['model.onnx', 'model.card.json'] as const;

/** The folder of the export that was written last; `undefined` where there is none. */
const newestExport = (folder: string): string | undefined => {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const writtenAt = (path: string): number => statSync(join(path, FILES[0])).mtimeMs;
  return names
    .map((name) => join(folder, name, 'onnx'))
    .filter((path) => FILES.every((file) => existsSync(join(path, file))))
    .sort((a, b) => writtenAt(b) - writtenAt(a))[0];
};

/**
 * Puts the newest export at `model/` of the page: while developing, whatever is newest at each request; in a build,
 * a copy.
 *
 * @param folder holds one folder per trained model, each with its export in `onnx/`.
 */
export const serveNewestExport = (folder: string): Plugin => ({
  name: 'mien:newest-export',
  configureServer: ({ middlewares }) => {
    middlewares.use('/model', (request, response, next) => {
      const file = FILES.find((name) => request.url === `/${name}`);
      const path = newestExport(folder);
      if (file === undefined) next();
      else if (path === undefined) response.writeHead(404).end();
      else response.end(readFileSync(join(path, file)));
    });
  },
  generateBundle() {
    const path = newestExport(folder);
    if (path === undefined) return;
    for (const name of FILES)
      this.emitFile({ type: 'asset', fileName: `model/${name}`, source: readFileSync(join(path, name)) });
  },
});
