import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { buildPage, type BuiltPage } from './build-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { openTab } from './open-tab.test-support.ts';
import { serveFolder, type FolderServer } from './serve-folder.ts';

const PHOTO = fileURLToPath(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg'));

/** Runs in the worker before its own script: keeps its GPUs, and loses them when the page says so on a channel. */
const LOSE_ON_DEMAND = `
{
  const { requestDevice } = GPUAdapter.prototype;
  const devices = [];
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    return device;
  };
  const channel = new BroadcastChannel('lose');
  channel.onmessage = async () => {
    for (const device of devices) device.destroy();
    channel.postMessage('lost');
  };
}
`;

/** Runs in the page: reads a photograph on the GPU, loses that, and reads it again. */
const loseBetween = async (base64: string) => {
  const blob = new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))]);
  const photo = await createImageBitmap(blob, { resizeWidth: 256 });
  const recognizer = await window.inferWeb.createRecognizer({ device: 'webgpu', tiles: 'none' });
  const before = await recognizer.recognize(photo);
  const usedBefore = recognizer.device;
  const channel = new BroadcastChannel('lose');
  const lost = new Promise((resolve) => channel.addEventListener('message', resolve, { once: true }));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel takes none
  channel.postMessage('lose');
  await lost;
  const after = await recognizer.recognize(photo);
  const usedAfter = recognizer.device;
  await recognizer.close();
  return { before, after, usedBefore, usedAfter };
};

describe('the recognizer on WebGPU in Chromium', () => {
  let built: BuiltPage;
  let server: FolderServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    built = await buildPage();
    server = await serveFolder({ folders: [built.folder] });
    browser = await launchChromium({ webgpu: true });
    page = await openTab(browser, server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await built?.remove();
  });

  test('computes both models on the GPU, and the same on WebAssembly once that is lost, which it says', async () => {
    await page.context().route(/recognizer-worker/u, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: LOSE_ON_DEMAND + (await response.text()) });
    });
    const { before, after, usedBefore, usedAfter } = await page.evaluate(
      loseBetween,
      await readFile(PHOTO, 'base64'),
    );
    expect(usedBefore).toEqual({ requested: 'webgpu', provider: 'webgpu' });
    expect(usedAfter).toMatchObject({ requested: 'webgpu', provider: 'wasm' });
    expect(usedAfter.note).toContain('The GPU was lost');
    expect(before).toHaveLength(3);
    expect(after).toHaveLength(before.length);
    for (const [face, { probabilities }] of before.entries())
      for (const [label, { probability }] of probabilities.entries())
        expect(after[face]?.probabilities[label]?.probability).toBeCloseTo(probability, 3);
  }, 180_000);
});
