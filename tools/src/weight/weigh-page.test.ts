import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../browser/launch-chromium.ts';
import { weighPage } from './weigh-page.ts';

const PHOTO = fileURLToPath(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg'));

/** What all scripts may weigh until the first reading on WebAssembly, gzip. */
const BUDGET_BYTES = 60_000;

test('a plain module script reads faces, with 60 kB of scripts, one runtime and two models', async () => {
  await using browser = await launchChromium();
  const { files, faces } = await weighPage(browser, await readFile(PHOTO));
  expect(faces).toBe(3);
  const ofKind = (kind: string) => files.filter((file) => file.kind === kind);
  expect(ofKind('script').reduce((sum, { gzipBytes }) => sum + gzipBytes, 0)).toBeLessThanOrEqual(
    BUDGET_BYTES,
  );
  expect(ofKind('WebAssembly').map(({ name }) => name)).toEqual(['ort-wasm-simd-threaded.wasm']);
  expect(
    ofKind('model')
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['expression.card.json', 'expression.onnx', 'face-detector.card.json', 'face-detector.onnx']);
});
