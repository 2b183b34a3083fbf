import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createRandom } from '@mien/contract';
import type { Browser, Page } from 'playwright-core';
import sharp, { type Sharp } from 'sharp';
import { buildPage, type BuiltPage } from './build-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { openTab } from './open-tab.test-support.ts';
import { serveFolder, type FolderServer } from './serve-folder.ts';

const WIDTH = 31;
const HEIGHT = 17;

const noise = (channels: 3 | 4): Sharp => {
  const random = createRandom(channels);
  const bytes = Uint8Array.from({ length: WIDTH * HEIGHT * channels }, () => random.integer(256));
  return sharp(bytes, { raw: { width: WIDTH, height: HEIGHT, channels } });
};

const photograph = (): Promise<Buffer> =>
  readFile(createRequire(import.meta.url).resolve('@vladmandic/face-api/demo/sample1.jpg'));

/** What sharp decodes: upright RGBA, the stored values untouched by any colour profile. */
const decodeInNode = async (file: Buffer): Promise<{ size: string; rgba: Buffer }> => {
  const { data, info } = await sharp(file, { ignoreIcc: true })
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { size: `${info.width}×${info.height}`, rgba: data };
};

const decodeInPage = async (page: Page, file: Buffer): Promise<{ size: string; rgba: Buffer }> => {
  const { size, base64 } = await page.evaluate(async (encoded) => {
    const blob = new Blob([Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0))]);
    const { widthPx, heightPx, rgba } = await window.inferWeb.imageToFrame(blob);
    const url = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.addEventListener('load', () => resolve(reader.result as string));
      reader.readAsDataURL(new Blob([new Uint8Array(rgba)]));
    });
    return { size: `${widthPx}×${heightPx}`, base64: url.slice(url.indexOf(',') + 1) };
  }, file.toString('base64'));
  return { size, rgba: Buffer.from(base64, 'base64') };
};

describe('pictures decode in Chromium to what sharp decodes in Node', () => {
  let built: BuiltPage;
  let server: FolderServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    built = await buildPage();
    server = await serveFolder({ folders: [built.folder] });
    browser = await launchChromium();
    page = await openTab(browser, server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await built?.remove();
  });

  test.each([
    ['a PNG', () => noise(3).png().toBuffer()],
    ['a gray PNG', () => noise(3).grayscale().png().toBuffer()],
    ['a PNG with a colour profile', () => noise(3).withIccProfile('p3').png().toBuffer()],
    ['a lossless WebP', () => noise(3).webp({ lossless: true }).toBuffer()],
    ['a JPEG', () => noise(3).jpeg().toBuffer()],
    ['a progressive gray JPEG', () => noise(3).grayscale().jpeg({ progressive: true }).toBuffer()],
    ['a JPEG that lies on its side', () => noise(3).withMetadata({ orientation: 6 }).jpeg().toBuffer()],
    ['a photograph', photograph],
  ])('%s: the very same bytes', async (_, encode) => {
    const file = await encode();
    const [expected, actual] = await Promise.all([decodeInNode(file), decodeInPage(page, file)]);
    expect(actual.size).toBe(expected.size);
    expect(Buffer.compare(actual.rgba, expected.rgba)).toBe(0);
  });

  test('a translucent PNG: the same over black, to one step of 255', async () => {
    const file = await noise(4).png().toBuffer();
    const [expected, actual] = await Promise.all([decodeInNode(file), decodeInPage(page, file)]);
    const overBlack = (rgba: Buffer): number[] =>
      Array.from(rgba, (value, index) => (value * (rgba[index | 3] as number)) / 255);
    const inNode = overBlack(expected.rgba);
    const differences = overBlack(actual.rgba).map((value, index) =>
      Math.abs(value - (inNode[index] as number)),
    );
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  });
});
