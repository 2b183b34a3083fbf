import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { clipFolder, makeClip } from '../../../packages/infer-node/src/video/clip.test-support.ts';
import { buildPage, type BuiltPage } from './build-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { openTab, workersEnd } from './open-tab.test-support.ts';
import { serveFolder, STRICT_CSP, type FolderServer } from './serve-folder.ts';

/** Three people side by side. */
const PHOTO = fileURLToPath(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg'));
const FACES = 3;

/** Three seconds of a camera that moves slowly over the photograph, all faces in view. */
const slowPan = (file: string, ...codec: string[]): string =>
  makeClip(
    file,
    ['-loop', '1', '-framerate', '30', '-t', '3', '-i', PHOTO],
    ['-vf', 'scale=704:-2,crop=640:ih-32:20*t:8*t', '-pix_fmt', 'yuv420p'],
    codec,
  );

interface Watched {
  readonly timeMs: number;
  readonly ids: readonly number[];
}

/** Adds to the page what every test here starts with: a recognizer, and the clip, loaded and paused at its start. */
const prepare = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    const video = document.createElement('video');
    document.body.append(video);
    video.muted = true;
    video.src = URL.createObjectURL(await (await fetch('./pan.webm')).blob());
    await new Promise((resolve) => video.addEventListener('canplaythrough', resolve, { once: true }));
    const recognizer = await window.inferWeb.createRecognizer({ device: 'wasm' });
    Object.assign(window, { video, recognizer });
  });
};

declare global {
  interface Window {
    video: HTMLVideoElement;
    recognizer: Awaited<ReturnType<Window['inferWeb']['createRecognizer']>>;
  }
}

describe('watching a video in Chromium', () => {
  const clips = clipFolder();
  const complaints: string[] = [];
  let built: BuiltPage;
  let server: FolderServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    slowPan(join(clips, 'pan.webm'), '-c:v', 'libvpx', '-b:v', '2M', '-g', '15');
    slowPan(join(clips, 'pan.mjpeg'), '-q:v', '3');
    built = await buildPage();
    const csp = `${STRICT_CSP}; media-src 'self' blob:`;
    server = await serveFolder({ folders: [built.folder, clips], csp });
    browser = await launchChromium({ camera: join(clips, 'pan.mjpeg') });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await built?.remove();
    await rm(clips, { recursive: true });
  });
  beforeEach(async () => {
    page = await openTab(browser, server.url);
    // Chromium complains of frames that nobody closes, among others.
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    await prepare(page);
  });
  afterEach(async () => {
    await page.close();
    const [complaint] = complaints.splice(0);
    if (complaint !== undefined) throw new Error(`The page complained: ${complaint}`);
  });

  test('follows faces as it plays, with one frame under way at a time, and never holds the page up', async () => {
    const { frames, shown, mostPending, longTasks } = await page.evaluate(async () => {
      const { video, recognizer } = window;
      const seen: Watched[] = [];
      let presented = 0;
      let most = 0;
      const observer = new PerformanceObserver(() => undefined);
      observer.observe({ type: 'longtask' });
      const count = (): void => {
        presented += 1;
        most = Math.max(most, recognizer.pending);
        video.requestVideoFrameCallback(count);
      };
      video.requestVideoFrameCallback(count);
      recognizer.watch(video, ({ timeMs, faces }) => {
        seen.push({ timeMs, ids: faces.map(({ trackId }) => trackId) });
      });
      // So slow that there is time for several frames on any machine.
      video.playbackRate = 0.25;
      await video.play();
      await new Promise((resolve) => video.addEventListener('ended', resolve, { once: true }));
      await recognizer.close();
      const tasks = observer.takeRecords().map(({ duration }) => duration);
      return { frames: seen, shown: presented, mostPending: most, longTasks: tasks };
    });
    expect(frames.length).toBeGreaterThan(2);
    // The frame that stands there before the video plays may be looked at before it is counted.
    expect(frames.length).toBeLessThanOrEqual(shown + 1);
    expect(mostPending).toBeLessThanOrEqual(1);
    expect(frames.map(({ timeMs }) => timeMs)).toEqual(
      frames.map(({ timeMs }) => timeMs).toSorted((one, other) => one - other),
    );
    // Whatever else is taken for a face in some frame is somebody new.
    for (const { ids } of frames) expect(ids.slice(0, FACES)).toEqual([1, 2, 3]);
    expect(longTasks).toEqual([]);
  });

  test('looks at a video that stands still, and takes faces for others after a jump', async () => {
    const frames = await page.evaluate(async () => {
      const { video, recognizer } = window;
      const seen: Watched[] = [];
      let told: () => void = () => undefined;
      const next = (): Promise<void> => new Promise((resolve) => (told = resolve));
      const first = next();
      recognizer.watch(video, ({ timeMs, faces }) => {
        seen.push({ timeMs, ids: faces.map(({ trackId }) => trackId) });
        told();
      });
      await first;
      const second = next();
      video.currentTime = 2;
      await second;
      await recognizer.close();
      return seen;
    });
    expect(frames.map(({ ids }) => ids)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(frames[0]?.timeMs).toBe(0);
    expect(frames[1]?.timeMs).toBeCloseTo(2000, -2);
  });

  test('looks at no more frames a second than it is told', async () => {
    const times = await page.evaluate(async () => {
      const { video, recognizer } = window;
      const seen: number[] = [];
      recognizer.watch(video, ({ timeMs }) => seen.push(timeMs), { fps: 2 });
      await video.play();
      await new Promise((resolve) => video.addEventListener('ended', resolve, { once: true }));
      await recognizer.close();
      return seen;
    });
    expect(times.length).toBeGreaterThan(1);
    expect(times.length).toBeLessThanOrEqual(6);
  });

  test('follows faces before a camera, until it is stopped', async () => {
    const { frames, after } = await page.evaluate(async () => {
      const { video, recognizer } = window;
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
      await video.play();
      const seen: Watched[] = [];
      await new Promise<void>((resolve) => {
        const stop = recognizer.watch(video, ({ timeMs, faces }) => {
          seen.push({ timeMs, ids: faces.map(({ trackId }) => trackId) });
          if (seen.length < 4) return;
          stop();
          resolve();
        });
      });
      const before = seen.length;
      for (let frame = 0; frame < 5; frame++)
        await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      await recognizer.recognize(video);
      await recognizer.close();
      return { frames: seen, after: seen.length - before };
    });
    expect(frames).toHaveLength(4);
    for (const { ids } of frames) expect(ids.length).toBeGreaterThanOrEqual(FACES);
    expect(after).toBe(0);
  });

  test('ends with the signal, with the recognizer, and with an error of the listener, which it tells', async () => {
    const result = await page.evaluate(async () => {
      const { video, recognizer } = window;
      const told: string[] = [];
      video.loop = true;
      await video.play();
      const controller = new AbortController();
      recognizer.watch(video, () => told.push('after the signal'), { signal: controller.signal });
      controller.abort();
      recognizer.watch(video, () => told.push('aborted before'), { signal: controller.signal });
      const failure = await new Promise((resolve) => {
        const fail = (): void => {
          told.push('failing');
          throw new Error('the listener fails');
        };
        recognizer.watch(video, fail, { onError: resolve });
      });
      await recognizer.recognize(video);
      recognizer.watch(video, () => told.push('after close'));
      await recognizer.close();
      let refusal: unknown;
      try {
        recognizer.watch(video, () => undefined);
      } catch (error) {
        refusal = error;
      }
      const late = await recognizer.recognize(video).catch((error: unknown) => error);
      await recognizer.close();
      return { told, failure: String(failure), names: [refusal, late].map((error) => (error as Error).name) };
    });
    expect(result).toEqual({
      told: ['failing'],
      failure: 'Error: the listener fails',
      names: ['ClosedRecognizerError', 'ClosedRecognizerError'],
    });
    await workersEnd(page);
  });
});
