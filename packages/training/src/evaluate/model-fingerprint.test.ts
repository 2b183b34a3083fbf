import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tf from '@tensorflow/tfjs';
import { modelFingerprint } from './model-fingerprint.ts';
import { brightHalfCard, writeBrightHalfModel } from './trained-model.test-support.ts';
import { TrainedModelNotFoundError } from './trained-model-errors.ts';

tf.enableProdMode();

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mien-fingerprint-'));
  await writeBrightHalfModel(join(dir, 'model'));
});
afterEach(() => rm(dir, { recursive: true }));

test('a model is the same in another folder, under another name and with other figures', async () => {
  const fingerprint = await modelFingerprint(join(dir, 'model'));
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/u);
  await cp(join(dir, 'model'), join(dir, 'copy'), { recursive: true });
  await writeFile(
    join(dir, 'copy', 'card.json'),
    JSON.stringify({ ...brightHalfCard(), name: 'copy', limits: [] }),
  );
  expect(await modelFingerprint(join(dir, 'copy'))).toBe(fingerprint);
});

test.each<[string, string, (content: Buffer) => Buffer | string]>([
  ['another weight', 'weights.bin', (bytes) => bytes.fill(1, 0, 4)],
  ['another layer', 'model.json', (text) => text.toString().replace('softmax', 'sigmoid')],
  ['other labels', 'card.json', (text) => text.toString().replace('"left","right"', '"right","left"')],
])('a model with %s is another', async (_, file, change) => {
  const fingerprint = await modelFingerprint(join(dir, 'model'));
  const path = join(dir, 'model', file);
  await writeFile(path, change(await readFile(path)));
  expect(await modelFingerprint(join(dir, 'model'))).not.toBe(fingerprint);
});

test('a model without weights is refused', async () => {
  await rm(join(dir, 'model', 'weights.bin'));
  await expect(modelFingerprint(join(dir, 'model'))).rejects.toThrow(TrainedModelNotFoundError);
});
