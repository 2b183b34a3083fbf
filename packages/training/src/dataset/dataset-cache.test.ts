import { existsSync } from 'node:fs';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDatasetCache, writeDatasetCache } from './dataset-cache.ts';
import { CacheWriteError } from './dataset-errors.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ImageDataset, ImageSplit } from './image-dataset.ts';
import { emptyFolder, writeFiles } from './image-folder.test-support.ts';

const splitOf = (count: number, first: number): ImageSplit => {
  const pixels = new Uint8Array(new SharedArrayBuffer(count * 4));
  pixels.forEach((_, index) => (pixels[index] = (first + index * 13) % 256));
  return {
    count,
    pixels,
    targets: Float32Array.from({ length: count * 2 }, (_, index) => (index % 2 === 0 ? 0.25 : 0.75)),
    sources: Array.from({ length: count }, (_, index) => `a/${first + index}.png`),
    scored: Uint8Array.from({ length: count }, (_, index) => index % 2),
  };
};

const makeDataset = (test: ImageSplit | undefined = splitOf(1, 90)): ImageDataset => {
  const dataset = {
    name: 'faces',
    kind: 'folder' as const,
    labels: ['a', 'b'],
    widthPx: 2,
    heightPx: 2,
    channels: 1 as const,
    protocol: 'own labels',
    train: splitOf(5, 0),
    validation: splitOf(3, 50),
    test,
    skipped: [{ source: 'a/broken.png', reason: 'empty file' }],
  };
  return { ...dataset, fingerprint: fingerprintOf(dataset) };
};

describe('a kept dataset', () => {
  test('comes back as it was, its pixels in shared memory', async () => {
    const path = join(await emptyFolder(), 'deep', 'faces.dataset');
    await writeDatasetCache(path, makeDataset());
    const read = await readDatasetCache(path);
    expect(read).toEqual(makeDataset());
    expect(read?.train.pixels.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(await readdir(join(path, '..'))).toEqual(['faces.dataset']);
  });

  test('may lack a test split', async () => {
    const path = join(await emptyFolder(), 'faces.dataset');
    const { test: _, ...withoutTest } = makeDataset();
    const dataset = { ...withoutTest, test: undefined };
    const whole = { ...dataset, fingerprint: fingerprintOf(dataset) };
    await writeDatasetCache(path, whole);
    expect(await readDatasetCache(path)).toEqual(whole);
  });

  test('is not taken when it is absent, cut short at any byte, or has any byte changed', async () => {
    const path = join(await emptyFolder(), 'faces.dataset');
    expect(await readDatasetCache(path)).toBeUndefined();
    await writeDatasetCache(path, makeDataset());
    const whole = await readFile(path);
    for (let at = 0; at < whole.length; at += 7) {
      await writeFile(path, whole.subarray(0, at));
      expect(await readDatasetCache(path)).toBeUndefined();
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] as number) ^ 0x10;
      await writeFile(path, changed);
      expect(await readDatasetCache(path)).toBeUndefined();
    }
  });

  test('that cannot be written says why and leaves nothing behind', async () => {
    const root = await emptyFolder();
    await writeFiles(root, { file: 'x' });
    await expect(writeDatasetCache(join(root, 'file', 'faces.dataset'), makeDataset())).rejects.toThrow(
      CacheWriteError,
    );
    expect(await readdir(root)).toEqual(['file']);
  });

  test('that meets a full disk says so and leaves nothing behind', async () => {
    // A disk without room, as Linux offers one; there is none elsewhere.
    if (!existsSync('/dev/full')) return;
    const root = await emptyFolder();
    const path = join(root, 'faces.dataset');
    await symlink('/dev/full', `${path}.${process.pid}.partial`);
    await expect(writeDatasetCache(path, makeDataset())).rejects.toThrow('the disk is full. Free some space');
    expect(await readdir(root)).toEqual([]);
  });
});
