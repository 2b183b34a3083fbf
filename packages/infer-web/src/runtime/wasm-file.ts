import { AssetError } from '../load/asset-error.ts';
import { fetchBytes } from '../load/fetch-bytes.ts';
import type { Ort } from './open-sessions.ts';
import { RuntimeStartError } from './runtime-start-error.ts';

/** The WebAssembly files of ONNX Runtime 1.30's bundles `wasm` and `webgpu`. */
export const WASM_FILES = {
  wasm: 'ort-wasm-simd-threaded.wasm',
  webgpu: 'ort-wasm-simd-threaded.asyncify.wasm',
} as const;

const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d];

const inFolder = (folder: string | URL, file: string): string => {
  const base = new URL(folder, globalThis.document?.baseURI ?? globalThis.location?.href);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return new URL(file, base).href;
};

/** Tells a bundle where its WebAssembly file lies. Without a folder, the bundler that built the page has told it. */
export const configureWasm = (ort: Ort, file: string, assetsUrl: string | URL | undefined): void => {
  ort.env.wasm.numThreads = 1;
  if (assetsUrl !== undefined) ort.env.wasm.wasmPaths = { wasm: inFolder(assetsUrl, file) };
};

/** How long a browser may take to book a download that has failed. */
const BOOKKEEPING_MS = 1000;

/** The address from which the page tried to load a WebAssembly file of ONNX Runtime, as the browser keeps book. */
const triedUrl = (file: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const stem = `/${file.slice(0, -'.wasm'.length)}`;
    const observer = new PerformanceObserver((list) => {
      const isIt = ({ name }: PerformanceEntry): boolean => name.includes(stem) && name.includes('.wasm');
      const entry = list.getEntries().findLast(isIt);
      if (entry !== undefined) resolve(entry.name);
    });
    observer.observe({ type: 'resource', buffered: true });
    setTimeout(() => {
      observer.disconnect();
      resolve(undefined);
    }, BOOKKEEPING_MS);
  });

/**
 * Finds out why a bundle did not start. ONNX Runtime loads its WebAssembly file itself, streaming, and only says that
 * it failed; so look, after the fact, at what the server has at that address.
 */
export const explainStartFailure = async (
  cause: unknown,
  { provider, file, assetsUrl }: { provider: string; file: string; assetsUrl: string | URL | undefined },
): Promise<AssetError | RuntimeStartError> => {
  const failure = new RuntimeStartError(provider, cause instanceof Error ? cause.message : String(cause), {
    cause,
  });
  if (globalThis.location === undefined) return failure;
  const url = assetsUrl === undefined ? await triedUrl(file) : inFolder(assetsUrl, file);
  if (url === undefined) return failure;
  const asset = `ONNX Runtime's ${file}`;
  try {
    const bytes = await fetchBytes({ asset, url });
    const isWasm = WASM_MAGIC.every((byte, index) => bytes[index] === byte);
    return isWasm ? failure : new AssetError(asset, url, 'the file is not WebAssembly', { cause });
  } catch (error) {
    return error instanceof AssetError ? error : failure;
  }
};
