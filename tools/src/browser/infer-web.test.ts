import type { ModelCard } from '@mien/contract';
import { expressionModel } from '@mien/models';
import { readFile, rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { writeTinyClassifier } from '../../../packages/infer-node/src/tiny-classifier.test-support.ts';
import { buildPage, type BuiltPage } from './build-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { create, openTab } from './open-tab.test-support.ts';
import { serveFolder, type FolderServer } from './serve-folder.ts';
import { TINY_LABELS, tinyPicture, type TinyPicture } from './tiny-picture.test-support.ts';

/** Every form in which a page may hold a picture. */
const FORMS = ['blob', 'bitmap', 'image', 'canvas', 'offscreen', 'imageData', 'frame'] as const;

/** Runs in the page: classifies one PNG in each of its forms; last a form of its own, one after the other. */
const classifyForms = async ({ png, device }: { png: string; device: 'wasm' | 'webgpu' }) => {
  const blob = new Blob([Uint8Array.from(atob(png), (char) => char.charCodeAt(0))], { type: 'image/png' });
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const offscreen = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  const context = offscreen.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(bitmap, 0, 0);
  const imageData = context.getImageData(0, 0, width, height);
  const frame = { widthPx: width, heightPx: height, rgba: imageData.data };

  const classifier = await window.inferWeb.createClassifier({ model: './model.onnx', device });
  const readings = await Promise.all(
    [blob, bitmap, image, canvas, offscreen, imageData, frame].map((form) => classifier.classify(form)),
  );
  const { device: inUse } = classifier;
  await classifier.close();
  return { readings, inUse };
};

describe('the browser package in Chromium, under a strict Content-Security-Policy', () => {
  const model = writeTinyClassifier();
  let built: BuiltPage;
  let server: FolderServer;
  let plain: Browser;
  let withGpu: Browser;
  let picture: TinyPicture;

  beforeAll(async () => {
    picture = await tinyPicture(1);
    built = await buildPage();
    server = await serveFolder({ folders: [built.folder, model.folder] });
    plain = await launchChromium();
    withGpu = await launchChromium({ webgpu: true });
  });
  afterAll(async () => {
    await plain?.close();
    await withGpu?.close();
    await server?.close();
    await built?.remove();
    await rm(model.folder, { recursive: true });
  });

  test.each(['wasm', 'webgpu'] as const)(
    'reads on %s what onnxruntime-node reads, whatever form the picture has',
    async (device) => {
      const page = await openTab(device === 'webgpu' ? withGpu : plain, server.url);
      const { readings, inUse } = await page.evaluate(classifyForms, { png: picture.png, device });
      expect(inUse).toEqual({ requested: device, provider: device });
      expect(readings).toHaveLength(FORMS.length);
      for (const { probabilities, label, probability } of readings) {
        expect(probabilities.map((one) => one.label)).toEqual(TINY_LABELS);
        for (const [index, expected] of picture.probabilities.entries())
          expect(probabilities[index]?.probability).toBeCloseTo(expected, 6);
        const top = Math.max(...probabilities.map((one) => one.probability));
        expect(probabilities).toContainEqual({ label, probability });
        expect(probability).toBe(top);
      }
      await page.close();
    },
  );

  test('takes the model that ships with Mien where none is named', async () => {
    const page = await openTab(plain, server.url);
    const labels = await page.evaluate(async () => {
      const classifier = await window.inferWeb.createClassifier();
      await classifier.close();
      return classifier.card.labels;
    });
    const card = JSON.parse(await readFile(expressionModel.fp32.card, 'utf8')) as ModelCard;
    expect(labels).toEqual(card.labels);
    await page.close();
  });

  test('really computes on the GPU when it says so', async () => {
    const page = await openTab(withGpu, server.url);
    const submissions = await page.evaluate(async () => {
      // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
      const { submit } = GPUQueue.prototype;
      let count = 0;
      GPUQueue.prototype.submit = function (buffers) {
        count += 1;
        return submit.call(this, buffers);
      };
      const { createClassifier } = window.inferWeb;
      const classifier = await createClassifier({ model: './model.onnx', device: 'webgpu' });
      const before = count;
      await classifier.classify({ widthPx: 1, heightPx: 1, rgba: Uint8Array.of(9, 9, 9, 255) });
      await classifier.close();
      return { loading: before, reading: count - before };
    });
    expect(submissions.loading).toBeGreaterThan(0);
    expect(submissions.reading).toBeGreaterThan(0);
    await page.close();
  });

  test('never downloads the WebGPU bundle where it computes on WebAssembly', async () => {
    const page = await openTab(plain, server.url);
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    expect(await create(page)).toMatchObject({ provider: 'wasm' });
    expect(requested.filter((url) => url.endsWith('.wasm'))).toHaveLength(1);
    expect(requested.filter((url) => /webgpu|asyncify/u.test(url))).toEqual([]);
    await page.close();
  });

  describe('falls back to WebAssembly and says why', () => {
    test.each(['auto', 'webgpu'] as const)('when %s is asked for and there is no adapter', async (device) => {
      const page = await openTab(plain, server.url);
      const created = await create(page, { device });
      expect(created.provider).toBe('wasm');
      expect(created.note).toContain('no WebGPU adapter');
      await page.close();
    });

    test('when the only adapter is a software one and nobody insists on it', async () => {
      const page = await openTab(withGpu, server.url);
      const created = await create(page, { device: 'auto' });
      expect(created.provider).toBe('wasm');
      expect(created.note).toMatch(/swiftshader.*software/u);
      await page.close();
    });

    test('when the GPU computes wrongly', async () => {
      const page = await openTab(withGpu, server.url, () => {
        // A GPU that gets nothing but zeros: whatever a buffer holds is wiped before it is handed over.
        const mapped = new WeakMap<GPUBuffer, ArrayBuffer>();
        // oxlint-disable-next-line typescript/unbound-method -- called with their own `this` below
        const { getMappedRange, unmap } = GPUBuffer.prototype;
        GPUBuffer.prototype.getMappedRange = function (...range) {
          const bytes = getMappedRange.apply(this, range);
          mapped.set(this, bytes);
          return bytes;
        };
        GPUBuffer.prototype.unmap = function () {
          const bytes = mapped.get(this);
          if (bytes !== undefined) new Uint8Array(bytes).fill(0);
          return unmap.call(this);
        };
      });
      const created = await create(page, { device: 'webgpu' });
      expect(created.provider).toBe('wasm');
      expect(created.note).toContain('fails its self-test');
      await page.close();
    });

    test('when the GPU gets lost between two pictures', async () => {
      const page = await openTab(withGpu, server.url);
      const { before, after, readings } = await page.evaluate(async (png) => {
        // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
        const { requestDevice } = GPUAdapter.prototype;
        const devices: GPUDevice[] = [];
        GPUAdapter.prototype.requestDevice = async function (descriptor) {
          const device = await requestDevice.call(this, descriptor);
          devices.push(device);
          return device;
        };
        const blob = new Blob([Uint8Array.from(atob(png), (char) => char.charCodeAt(0))]);
        const { createClassifier } = window.inferWeb;
        const classifier = await createClassifier({ model: './model.onnx', device: 'webgpu' });
        const first = await classifier.classify(blob);
        const usedBefore = classifier.device;
        for (const device of devices) device.destroy();
        // Two at once, both of which run into the loss.
        const later = await Promise.all([classifier.classify(blob), classifier.classify(blob)]);
        const usedAfter = classifier.device;
        await classifier.close();
        return { before: usedBefore, after: usedAfter, readings: [first, ...later] };
      }, picture.png);
      expect(before).toEqual({ requested: 'webgpu', provider: 'webgpu' });
      expect(after).toMatchObject({ requested: 'webgpu', provider: 'wasm' });
      expect(after.note).toContain('The GPU was lost');
      for (const { probabilities } of readings)
        for (const [index, expected] of picture.probabilities.entries())
          expect(probabilities[index]?.probability).toBeCloseTo(expected, 6);
      await page.close();
    });
  });

  test('a closed classifier says that it is closed; closing twice is fine', async () => {
    const page = await openTab(plain, server.url);
    const names = await page.evaluate(async () => {
      const classifier = await window.inferWeb.createClassifier({ model: './model.onnx', device: 'wasm' });
      await classifier.close();
      await classifier.close();
      const frame = { widthPx: 1, heightPx: 1, rgba: Uint8Array.of(9, 9, 9, 255) };
      return classifier.classify(frame).catch(({ name }: Error) => name);
    });
    expect(names).toBe('ClosedClassifierError');
    await page.close();
  });
});
