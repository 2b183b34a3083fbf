import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { buildPage, type BuiltPage } from './build-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { openTab, workersEnd } from './open-tab.test-support.ts';
import { serveFolder, STRICT_CSP, type FolderServer } from './serve-folder.ts';

type Options = Omit<
  NonNullable<Parameters<Window['inferWeb']['createRecognizer']>[0]>,
  'signal' | 'model' | 'detector'
> & {
  readonly model?: string;
  readonly detector?: { readonly model: string };
};

describe('what goes wrong with a recognizer is said in words', () => {
  const folders: string[] = [];
  const servers: FolderServer[] = [];
  let built: BuiltPage;
  let browser: Browser;

  beforeAll(async () => {
    built = await buildPage();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of servers) await server.close();
    await built?.remove();
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  /** Serves the page without those files. */
  const serveWithout = async (
    missing: RegExp,
    how: Omit<Parameters<typeof serveFolder>[0], 'folders'> = {},
  ): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'mien-parts-'));
    folders.push(folder);
    await cp(built.folder, folder, { recursive: true, filter: (path) => !missing.test(path) });
    const server = await serveFolder({ folders: [folder], ...how });
    servers.push(server);
    return server.url;
  };
  const NOTHING = /^$/u;

  /** What creating a recognizer in the page fails with. */
  const failure = async (url: string, options: Options = {}): Promise<string> => {
    const page = await openTab(browser, url);
    const said = await page.evaluate(
      (given) =>
        window.inferWeb.createRecognizer(given).then(
          async (recognizer) => {
            await recognizer.close();
            return 'no failure';
          },
          (error: Error) =>
            `${error.name}${error instanceof window.inferWeb.MienError ? '' : ' of no class'}: ${error.message}`,
        ),
      options,
    );
    await workersEnd(page);
    await page.close();
    return said;
  };

  test('a WebAssembly file that is missing is named', async () => {
    expect(await failure(await serveWithout(/\.wasm$/u))).toMatch(
      /^AssetError: .*ort-wasm-simd-threaded.*\.wasm.*HTTP 404/u,
    );
  });

  test('an HTML page in the place of a WebAssembly file is told, and the folder that was passed is looked in', async () => {
    const url = await serveWithout(/\.wasm$/u, { fallback: 'index' });
    expect(await failure(url, { assetsUrl: 'elsewhere' })).toMatch(
      /^AssetError: .*\/elsewhere\/ort-wasm-simd-threaded\.wasm.*HTML page/u,
    );
  });

  test.each([
    [
      /face-detector-.*\.onnx$/u,
      /^AssetError: Cannot load the face detector from .*face-detector-.*HTTP 404/u,
    ],
    [/expression-[^.]*\.onnx$/u, /^AssetError: Cannot load the model from .*expression-.*HTTP 404/u],
    [/face-detector\.card/u, /^AssetError: Cannot load the face detector's card from .*HTTP 404/u],
  ])('a missing %s is named', async (missing, expected) => {
    expect(await failure(await serveWithout(missing))).toMatch(expected);
  });

  test("the page's own models are looked for beside the page", async () => {
    const url = await serveWithout(NOTHING);
    expect(await failure(url, { model: 'own/model.onnx' })).toContain(`${url}own/model.`);
    expect(await failure(url, { detector: { model: 'own/detector.onnx' } })).toContain(`${url}own/detector.`);
  });

  test('a worker that is missing is told, and one that the policy forbids', async () => {
    expect(await failure(await serveWithout(/recognizer-worker/u))).toMatch(/^WorkerStartError: /u);
    const csp = STRICT_CSP.replace("worker-src 'self'", "worker-src 'none'");
    expect(await failure(await serveWithout(NOTHING, { csp }))).toMatch(/^WorkerStartError: .*worker-src/u);
  });

  test('a policy that forbids WebAssembly is named, with what it should allow', async () => {
    const csp = STRICT_CSP.replace(" 'wasm-unsafe-eval'", '');
    expect(await failure(await serveWithout(NOTHING, { csp }))).toMatch(
      /^RuntimeStartError: .*script-src 'self' 'wasm-unsafe-eval'/u,
    );
  });

  test.each([
    [{ minConfidence: 0 }, 'minConfidence'],
    [{ maxFaces: 1.5 }, 'maxFaces'],
    [{ smoothingMs: -1 }, 'smoothingMs'],
    [{ device: 'cuda' as 'wasm' }, 'device'],
  ])('an option that cannot be, %j, is refused', async (options, name) => {
    expect(await failure(await serveWithout(NOTHING), options)).toContain(
      `InvalidOptionError: Option "${name}" is`,
    );
  });

  test('what is no picture is undecodable, whose pixels are hidden is unreadable, and the others are still read', async () => {
    const url = await serveWithout(NOTHING, { csp: null });
    const elsewhere = await serveFolder({ folders: [new URL('../../..', import.meta.url).pathname] });
    servers.push(elsewhere);
    const page = await openTab(browser, url);
    const results = await page.evaluate(async (src) => {
      const recognizer = await window.inferWeb.createRecognizer();
      const hidden = Object.assign(new Image(), { src });
      const controller = new AbortController();
      const blank = new OffscreenCanvas(64, 64);
      blank.getContext('2d');
      const running = [
        recognizer.recognize(new File(['not a picture'], 'notes.txt')),
        recognizer.recognize(hidden),
        recognizer.recognize({ widthPx: 9, heightPx: 9, rgba: new Uint8Array(3) }),
        recognizer.recognize(blank, { maxFaces: 0 }),
        recognizer.recognize(blank, { signal: controller.signal }),
        recognizer.recognize(blank),
      ];
      controller.abort();
      const settled = await Promise.allSettled(running);
      const { device } = recognizer;
      await recognizer.close();
      return {
        device,
        outcomes: settled.map((one) =>
          one.status === 'fulfilled'
            ? one.value.length
            : `${(one.reason as Error).name}: ${String(one.reason)}`,
        ),
      };
    }, `${elsewhere.url}face.png`);
    expect(results.device).toMatchObject({ requested: 'auto', provider: 'wasm' });
    expect(results.device.note).toContain('no WebGPU adapter');
    expect(results.outcomes).toEqual([
      expect.stringMatching(/^UndecodableImageError: .*"notes\.txt"/u),
      expect.stringMatching(/^UnreadableImageError: .*face\.png/u),
      expect.stringMatching(/^InvalidFrameError: /u),
      expect.stringMatching(/^InvalidOptionError: /u),
      expect.stringMatching(/^AbortError: /u),
      0,
    ]);
    await page.close();
  });
});
