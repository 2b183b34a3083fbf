import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { buildPage } from '../browser/build-page.ts';
import { serveFolder } from '../browser/serve-folder.ts';

const STANDALONE = fileURLToPath(new URL('../../../packages/infer-web/standalone/', import.meta.url));

const PAGE = `<!doctype html>
<title>Weight</title>
<link rel="icon" href="data:," />
<script type="module" src="./page.js"></script>`;

const SCRIPT = `import * as inferWeb from './infer-web.js';
window.inferWeb = inferWeb;`;

/** One file that the page has downloaded. */
export interface WeighedFile {
  /** Its name as the bundler gave it, without the hash of its content. */
  readonly name: string;
  readonly kind: 'script' | 'WebAssembly' | 'model';
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** What a page without a bundler downloads until its recognizer has read a first picture, and what that gave. */
export interface Weight {
  readonly files: readonly WeighedFile[];
  /** How many faces were found. */
  readonly faces: number;
}

const kindOf = (name: string): WeighedFile['kind'] => {
  if (name.endsWith('.js')) return 'script';
  return name.endsWith('.wasm') ? 'WebAssembly' : 'model';
};

const weigh = async (file: string): Promise<WeighedFile> => {
  const body = await readFile(file);
  const name = basename(file).replace(/-[\w-]{8}(?=\.\w+$)/u, '');
  const gzipBytes = gzipSync(body, { level: 9 }).byteLength;
  return { name, kind: kindOf(name), bytes: body.byteLength, gzipBytes };
};

/** Runs in the page: reads one picture. @returns how many faces are in it. */
const recognize = async (base64: string): Promise<number> => {
  const recognizer = await window.inferWeb.createRecognizer({ device: 'wasm' });
  const picture = new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))]);
  const faces = await recognizer.recognize(picture);
  await recognizer.close();
  return faces.length;
};

/** Recognizes a picture on a page that is a plain module script, and weighs what the browser downloaded for it. */
export const weighPage = async (browser: Browser, picture: Buffer): Promise<Weight> => {
  const own = await mkdtemp(join(tmpdir(), 'mien-weight-'));
  await writeFile(join(own, 'index.html'), PAGE);
  await writeFile(join(own, 'page.js'), SCRIPT);
  await using built = await buildPage(STANDALONE);
  const sent = new Set<string>();
  const onFile = (file: string): void => {
    if (file.startsWith(built.folder)) sent.add(file);
  };
  await using server = await serveFolder({ folders: [own, built.folder], onFile });
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    await page.waitForFunction(() => 'inferWeb' in window);
    const faces = await page.evaluate(recognize, picture.toString('base64'));
    return { files: await Promise.all([...sent].map(weigh)), faces };
  } finally {
    await page.close();
    await rm(own, { recursive: true });
  }
};
