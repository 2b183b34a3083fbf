import { copyFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { writeTinyClassifier } from '../../../packages/infer-node/src/tiny-classifier.test-support.ts';
import { buildPage, type BuiltPage } from './build-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { create, openTab } from './open-tab.test-support.ts';
import { serveFolder, STRICT_CSP, type FolderServer } from './serve-folder.ts';
import { tinyPicture } from './tiny-picture.test-support.ts';

const WASM = 'ort-wasm-simd-threaded.wasm';

describe('what goes wrong in a browser is said in words', () => {
  const model = writeTinyClassifier();
  let built: BuiltPage;
  let withoutWasm = '';
  let browser: Browser;
  const servers: FolderServer[] = [];
  const serve = async (params: Parameters<typeof serveFolder>[0]): Promise<string> => {
    const server = await serveFolder(params);
    servers.push(server);
    return server.url;
  };

  beforeAll(async () => {
    built = await buildPage();
    withoutWasm = await mkdtemp(join(tmpdir(), 'mien-no-wasm-'));
    await cp(built.folder, withoutWasm, { recursive: true, filter: (path) => !path.endsWith('.wasm') });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of servers) await server.close();
    await built?.remove();
    if (withoutWasm) await rm(withoutWasm, { recursive: true });
    await rm(model.folder, { recursive: true });
  });

  test('a WebAssembly file that is missing is named', async () => {
    const page = await openTab(browser, await serve({ folders: [withoutWasm, model.folder] }));
    const { error } = await create(page);
    expect(error?.name).toBe('AssetError');
    expect(error?.message).toMatch(/ort-wasm-simd-threaded.*\.wasm.*HTTP 404/u);
    await page.close();
  });

  test('an HTML page in the place of a WebAssembly file is told', async () => {
    const page = await openTab(
      browser,
      await serve({ folders: [withoutWasm, model.folder], fallback: 'index' }),
    );
    const { error } = await create(page);
    expect(error?.name).toBe('AssetError');
    expect(error?.message).toMatch(/ort-wasm-simd-threaded.*\.wasm.*HTML page/u);
    await page.close();
  });

  test('WebAssembly files are taken from the folder that was passed, and named where they are missing', async () => {
    const assets = await mkdtemp(join(tmpdir(), 'mien-assets-'));
    const file = (await readdir(join(built.folder, 'assets'))).find((name) =>
      /^ort-wasm-simd-threaded-.*\.wasm$/u.test(name),
    );
    await copyFile(join(built.folder, 'assets', file as string), join(assets, WASM));
    const url = await serve({ folders: [withoutWasm, model.folder, assets] });
    const wrong = await openTab(browser, url);
    const { error } = await create(wrong, { assetsUrl: 'nowhere' });
    expect(error).toMatchObject({ name: 'AssetError' });
    expect(error?.message).toContain(`${url}nowhere/${WASM}`);
    await wrong.close();
    const right = await openTab(browser, url);
    await expect(create(right, { assetsUrl: '.' })).resolves.toMatchObject({ provider: 'wasm' });
    await right.close();
    await rm(assets, { recursive: true });
  });

  test('a file that is no WebAssembly is told', async () => {
    const assets = await mkdtemp(join(tmpdir(), 'mien-assets-'));
    await writeFile(join(assets, WASM), 'version https://git-lfs.github.com/spec/v1');
    const page = await openTab(browser, await serve({ folders: [withoutWasm, model.folder, assets] }));
    const { error } = await create(page, { assetsUrl: './' });
    expect(error).toMatchObject({ name: 'AssetError' });
    expect(error?.message).toContain('not WebAssembly');
    await page.close();
    await rm(assets, { recursive: true });
  });

  test('a policy that forbids WebAssembly is named, with what it should allow', async () => {
    const csp = STRICT_CSP.replace(" 'wasm-unsafe-eval'", '');
    const page = await openTab(browser, await serve({ folders: [built.folder, model.folder], csp }));
    const { error } = await create(page);
    expect(error?.name).toBe('RuntimeStartError');
    expect(error?.message).toContain("script-src 'self' 'wasm-unsafe-eval'");
    await page.close();
  });

  test('a missing model is named by its address', async () => {
    const url = await serve({ folders: [built.folder] });
    const page = await openTab(browser, url);
    const { error } = await create(page);
    expect(error?.name).toBe('AssetError');
    expect(error?.message).toContain(`${url}model.`);
    await page.close();
  });

  test('a model that does not compute what its card promises is refused, even on WebAssembly', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mien-wrong-'));
    const card = JSON.parse(await readFile(model.card, 'utf8')) as { golden: { outputs: number[][] } };
    card.golden.outputs = card.golden.outputs.map((row) => row.toReversed());
    await writeFile(join(folder, 'wrong.card.json'), JSON.stringify(card));
    const page = await openTab(browser, await serve({ folders: [built.folder, model.folder, folder] }));
    const { error } = await create(page, { card: './wrong.card.json' });
    expect(error?.name).toBe('GoldenMismatchError');
    await page.close();
    await rm(folder, { recursive: true });
  });

  test('a file that is no picture, and an empty canvas, are undecodable', async () => {
    const page = await openTab(browser, await serve({ folders: [built.folder, model.folder] }));
    const errors = await page.evaluate(async () => {
      const { imageToFrame } = window.inferWeb;
      const pictures = [
        new File(['not a picture'], 'notes.txt'),
        Object.assign(document.createElement('canvas'), { width: 0 }),
        Object.assign(new Image(), { src: './nothing.png' }),
      ];
      return Promise.all(
        pictures.map((picture) =>
          imageToFrame(picture).then(
            () => 'decoded',
            ({ name, message }: Error) => `${name}: ${message}`,
          ),
        ),
      );
    });
    expect(errors[0]).toMatch(/^UndecodableImageError: .*notes\.txt/u);
    expect(errors[1]).toMatch(/^UndecodableImageError: .*HTMLCanvasElement of 0×150/u);
    expect(errors[2]).toMatch(/^UndecodableImageError: .*nothing\.png/u);
    await page.close();
  });

  test('a picture that another origin does not share is unreadable', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mien-elsewhere-'));
    await writeFile(join(folder, 'face.png'), Buffer.from((await tinyPicture(2)).png, 'base64'));
    const elsewhere = await serve({ folders: [folder] });
    const page = await openTab(browser, await serve({ folders: [built.folder], csp: null }));
    const error = await page.evaluate(async (src) => {
      const image = Object.assign(new Image(), { src });
      return window.inferWeb.imageToFrame(image).then(
        () => 'decoded',
        ({ name }: Error) => name,
      );
    }, `${elsewhere}face.png`);
    expect(error).toBe('UnreadableImageError');
    await page.close();
    await rm(folder, { recursive: true });
  });
});
