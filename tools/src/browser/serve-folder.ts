import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.webm': 'video/webm',
};

/** The policy of a careful site: own scripts alone, WebAssembly allowed, no `eval`, no inline script. */
export const STRICT_CSP =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; " +
  "img-src 'self' blob: data:; connect-src 'self'; object-src 'none'; base-uri 'none'";

/** A web server that runs for a test or a measurement. */
export interface FolderServer extends AsyncDisposable {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

const findFile = async (folders: readonly string[], path: string): Promise<string | undefined> => {
  for (const folder of folders) {
    const file = join(folder, path);
    const info = await stat(file).catch(() => undefined);
    if (info?.isFile() === true) return file;
  }
  return undefined;
};

const send = (response: ServerResponse, file: string, status = 200): void => {
  response.statusCode = status;
  response.setHeader('content-type', CONTENT_TYPES[extname(file)] ?? 'application/octet-stream');
  createReadStream(file).pipe(response);
};

/**
 * Serves folders on a free port of the loopback interface, with a strict Content-Security-Policy.
 *
 * @param folders searched in this order.
 * @param fallback what to answer where there is no such file: HTTP 404, or the index page with HTTP 200, as servers of
 *   single-page applications do.
 * @param csp the policy to send; `null` sends none.
 * @param onFile is told of each file that is sent.
 */
export const serveFolder = async ({
  folders,
  fallback = '404',
  csp = STRICT_CSP,
  onFile = () => undefined,
}: {
  readonly folders: readonly string[];
  readonly fallback?: '404' | 'index';
  readonly csp?: string | null;
  readonly onFile?: (file: string) => void;
}): Promise<FolderServer> => {
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const path = normalize(decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
      if (csp !== null) response.setHeader('content-security-policy', csp);
      const file = await findFile(folders, path);
      const index = fallback === 'index' ? await findFile(folders, 'index.html') : undefined;
      if (file !== undefined) {
        onFile(file);
        send(response, file);
      } else if (index !== undefined) send(response, index);
      else response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close, [Symbol.asyncDispose]: close };
};
