import { createRecognizer, type FaceReading } from '@mien/infer-node';
import { intersectionOverUnion } from '@mien/pipeline';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { buildPage, type BuiltPage } from './build-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { openTab } from './open-tab.test-support.ts';
import { serveFolder, type FolderServer } from './serve-folder.ts';

const PHOTOS = [1, 2, 3, 4, 5, 6].map((number) =>
  fileURLToPath(import.meta.resolve(`@vladmandic/face-api/demo/sample${number}.jpg`)),
);

/** The most by which a probability in the browser may differ from Node's. */
const TOLERANCE = 1e-3;

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
    for (const [face, other] of pairs) {
      expect(largestDifference(face, other)).toBeLessThanOrEqual(TOLERANCE);
      expect(intersectionOverUnion(face.box, other.box)).toBeGreaterThan(0.99);
      expect(face).toMatchObject({ label: other.label, unsureReasons: other.unsureReasons });
    }
    expect(longTasks).toEqual([]);
  });
});
