import { createRecognizer, type FaceReading } from '@mien/infer-node';
import { intersectionOverUnion } from '@mien/pipeline';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { buildPage, type BuiltPage } from './build-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { openTab } from './open-tab.test-support.ts';
import { serveFolder, type FolderServer } from './serve-folder.ts';

const PHOTOS = [1, 2, 3, 4, 5, 6].map((number) =>
  fileURLToPath(import.meta.resolve(`@vladmandic/face-api/demo/sample${number}.jpg`)),
);

/** By how much a probability in the browser may differ from Node's. */
const USUAL_TOLERANCE = 1e-3;

/**
 * By how much at most. The two runtimes place landmarks within 1e-4 pixels of each other; where that takes a gray value
 * over the middle between two bytes, a byte of the model's input is another.
 */
const TOLERANCE = 1e-2;

/** Runs in the page: recognizes photographs, and says which tasks held the page up. */
const recognizePhotos = async (photos: readonly string[]) => {
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) =>
    longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  );
  observer.observe({ type: 'longtask' });
  const blobs = photos.map(
    (photo) => new Blob([Uint8Array.from(atob(photo), (char) => char.charCodeAt(0))], { type: 'image/jpeg' }),
  );
  // Unpacking the test's own base64 is not the package's work.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  observer.takeRecords();
  longTasks.length = 0;
  const recognizer = await window.inferWeb.createRecognizer({ device: 'wasm' });
  const results = await Promise.all(blobs.map((blob) => recognizer.recognize(blob)));
  await recognizer.close();
  longTasks.push(...observer.takeRecords().map(({ duration }) => duration));
  return { results, longTasks, device: recognizer.device, difference: recognizer.selfTestDifference };
};

/** Runs in the page: recognizes one PNG in every form in which a page may hold it, and then hands some of them over. */
const recognizeForms = async (png: string) => {
  const blob = new Blob([Uint8Array.from(atob(png), (char) => char.charCodeAt(0))], { type: 'image/png' });
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  const offscreen = new OffscreenCanvas(width, height);
  const context = offscreen.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(bitmap, 0, 0);
  const imageData = context.getImageData(0, 0, width, height);
  const frame = { widthPx: width, heightPx: height, rgba: imageData.data };
  // A view into more than the picture.
  const roomy = new Uint8Array(frame.rgba.length + 8);
  roomy.set(frame.rgba, 8);
  const view = { ...frame, rgba: roomy.subarray(8) };
  const videoFrame = new VideoFrame(canvas, { timestamp: 0 });

  const recognizer = await window.inferWeb.createRecognizer({ device: 'wasm', tiles: 'none' });
  const forms = { blob, bitmap, image, canvas, offscreen, imageData, frame, view };
  const kept = Object.entries({ ...forms, videoFrame, given: bitmap, givenFrame: view });
  const results: [string, Awaited<ReturnType<typeof recognizer.recognizeImage>>][] = [];
  for (const [name, form] of kept) {
    const transfer = name.startsWith('given');
    results.push([name, await recognizer.recognizeImage(form, { transfer, cropPx: 8, maxFaces: 1 })]);
  }
  await recognizer.recognize(videoFrame, { transfer: true });
  await recognizer.close();
  const emptied = { bitmap: bitmap.width, videoFrame: videoFrame.format, frame: frame.rgba.length };
  return {
    emptied,
    results: results.map(([name, { widthPx, heightPx, faces }]) => ({
      name,
      size: `${widthPx}×${heightPx}`,
      faces: faces.map(({ box, probabilities, crop }) => ({
        box,
        probabilities,
        crop: [...(crop?.rgba ?? [])],
      })),
    })),
  };
};

const largestDifference = (one: FaceReading, other: FaceReading): number =>
  Math.max(
    ...one.probabilities.map(({ probability }, index) =>
      Math.abs(probability - (other.probabilities[index]?.probability ?? NaN)),
    ),
  );

describe('the recognizer in Chromium, under a strict Content-Security-Policy', () => {
  let built: BuiltPage;
  let server: FolderServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    built = await buildPage();
    server = await serveFolder({ folders: [built.folder] });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await built?.remove();
  });
  beforeEach(async () => {
    page = await openTab(browser, server.url);
  });
  afterEach(() => page.close());

  test('reads in photographs what Node reads, and never holds the page up', async () => {
    const photos = await Promise.all(PHOTOS.map((path) => readFile(path, 'base64')));
    await using node = await createRecognizer();
    const expected = await Promise.all(PHOTOS.map((path) => node.recognize(path)));
    const { results, longTasks, device, difference } = await page.evaluate(recognizePhotos, photos);
    expect(device).toEqual({ requested: 'wasm', provider: 'wasm' });
    expect(difference).toBeLessThan(1e-4);
    expect(results.map((faces) => faces.length)).toEqual(expected.map((faces) => faces.length));
    const pairs = results.flatMap((faces, photo) =>
      faces.map((face, index) => [face, expected[photo]?.[index] as FaceReading] as const),
    );
    expect(pairs.length).toBeGreaterThan(20);
    const differences = pairs.map(([face, other]) => largestDifference(face, other));
    const unusual = differences.filter((difference) => !(difference <= USUAL_TOLERANCE));
    expect(unusual.length).toBeLessThanOrEqual(pairs.length / 5);
    for (const [face, other] of pairs) {
      expect(largestDifference(face, other)).toBeLessThanOrEqual(TOLERANCE);
      expect(intersectionOverUnion(face.box, other.box)).toBeGreaterThan(0.99);
      expect(face).toMatchObject({ label: other.label, unsureReasons: other.unsureReasons });
    }
    expect(longTasks).toEqual([]);
  });

  test('takes a picture in every form, leaves it to the page, and takes it away only where it is given', async () => {
    const png = await sharp(PHOTOS[0]).resize(320).png().toBuffer();
    const { emptied, results } = await page.evaluate(recognizeForms, png.toString('base64'));
    const { width, height } = await sharp(png).metadata();
    const [{ faces: expected } = { faces: [] }] = results;
    expect(expected).toHaveLength(1);
    expect(expected[0]?.crop).toHaveLength(8 * 8 * 4);
    for (const { name, size, faces } of results.filter((one) => one.name !== 'videoFrame'))
      expect({ name, size, faces }).toEqual({ name, size: `${width}×${height}`, faces: expected });
    // Videos hold colours in their own way; the face is there all the same.
    expect(results.find(({ name }) => name === 'videoFrame')?.faces).toHaveLength(1);
    expect(emptied).toEqual({ bitmap: 0, videoFrame: null, frame: width * height * 4 });
  });
});
