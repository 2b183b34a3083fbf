import { basename, dirname } from 'node:path';
import type { Page } from 'playwright-core';
import { buildPage } from '../../browser/build-page.ts';
import { ChromiumNotFoundError, launchChromium } from '../../browser/launch-chromium.ts';
import { serveFolder } from '../../browser/serve-folder.ts';
import { failed, type Outcome, type ParityTask, type Runtime } from '../runtime.ts';

type Device = 'wasm' | 'webgpu';

/** Runs inside the page: classifies PNG files, given in base64, with the page's own bundle. */
const classifyInPage = async ({
  model,
  device,
  faces,
}: {
  model: string;
  device: Device;
  faces: string[];
}): Promise<Outcome> => {
  if (device === 'webgpu' && !(await navigator.gpu?.requestAdapter()))
    return { status: 'missing', reason: 'this Chromium offers no WebGPU adapter' };
  const classifier = await window.inferWeb.createClassifier({ model, device });
  const { provider, note } = classifier.device;
  if (provider !== device)
    return { status: 'failed', reason: note ?? `${provider} took over from ${device}` };
  const blobs = faces.map((face) => new Blob([Uint8Array.from(atob(face), (char) => char.charCodeAt(0))]));
  const probabilities: number[][] = [];
  const start = performance.now();
  for (const blob of blobs) {
    const reading = await classifier.classify(blob);
    probabilities.push(reading.probabilities.map(({ probability }) => probability));
  }
  const msPerFace = (performance.now() - start) / faces.length;
  await classifier.close();
  return { status: 'ran', provider, probabilities, msPerFace };
};

const classifyIn = async (page: Page, device: Device, { graphFile, faces }: ParityTask): Promise<Outcome> => {
  await page.waitForFunction(() => 'inferWeb' in window);
  return page.evaluate(classifyInPage, {
    model: `./${basename(graphFile)}`,
    device,
    faces: faces.map(({ png }) => Buffer.from(png).toString('base64')),
  });
};

const run = async (device: Device, task: ParityTask): Promise<Outcome> => {
  try {
    await using browser = await launchChromium({ webgpu: device === 'webgpu' });
    await using built = await buildPage();
    await using server = await serveFolder({ folders: [built.folder, dirname(task.graphFile)] });
    const page = await browser.newPage();
    await page.goto(server.url);
    const outcome = await classifyIn(page, device, task);
    if (outcome.status !== 'ran') return outcome;
    const software = device === 'webgpu' ? ' (SwiftShader)' : '';
    return { ...outcome, provider: `${outcome.provider}${software}` };
  } catch (error) {
    return error instanceof ChromiumNotFoundError
      ? { status: 'missing', reason: error.message }
      : failed(error);
  }
};

/** `@mien/infer-web` in a real browser, built with Vite and served under a strict Content-Security-Policy. */
export const chromiumRuntimes: readonly Runtime[] = [
  { id: 'chromium-wasm', run: (task) => run('wasm', task) },
  { id: 'chromium-webgpu', run: (task) => run('webgpu', task) },
];
