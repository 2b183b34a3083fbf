import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawnFace, FACE_PX, mirroredFace } from '../duplicates/drawn-faces.test-support.ts';
import { OnlyDuplicatesError } from './dataset-errors.ts';
import { emptyFolder, writeFiles } from './image-folder.test-support.ts';
import { loadDataset, type LoadDatasetParams } from './load-dataset.ts';

const png = (gray: Uint8Array): Promise<Buffer> =>
  sharp(gray, { raw: { width: FACE_PX, height: FACE_PX, channels: 1 } })
    .png()
    .toBuffer();
const face = async (person: number): Promise<Buffer> => png(await drawnFace(person));

/** Four training images of each class and one for validation, which two training images of class `a` show too. */
const writeLeakyFolder = async (): Promise<string> => {
  const root = await emptyFolder();
  await writeFiles(root, {
    'train/a/0.png': await face(1),
    'train/a/1.png': await face(20),
    'train/a/2.png': await png(await mirroredFace(await drawnFace(20))),
    'train/b/0.png': await face(3),
    'train/b/1.png': await face(4),
    'validation/a/0.png': await face(20),
    'validation/b/0.png': await face(21),
  });
  return root;
};

const load = async (params: Partial<LoadDatasetParams>) =>
  loadDataset({
    data: undefined,
    geometry: { widthPx: FACE_PX, heightPx: FACE_PX, channels: 1 },
    seed: 1,
    cacheDir: await emptyFolder(),
    ...params,
  });

describe('training images that validation shows too', () => {
  test('are left out when asked for, and listed with what they are the same as', async () => {
    const data = await writeLeakyFolder();
    const [whole, left] = [await load({ data }), await load({ data, leaveOutDuplicates: true })];
    expect(whole.train.count).toBe(5);
    expect(whole.duplicatesLeftOut).toBeUndefined();
    expect(left.train.sources).toEqual(['train/a/0.png', 'train/b/0.png', 'train/b/1.png']);
    expect(left.duplicatesLeftOut).toBe(2);
    expect(left.skipped).toEqual([
      { source: 'train/a/1.png', reason: 'same as validation/a/0.png' },
      { source: 'train/a/2.png', reason: 'mirror image of validation/a/0.png' },
    ]);
    expect(left.validation).toEqual(whole.validation);
    expect(left.fingerprint).not.toBe(whole.fingerprint);
  });

  test('leave the images and labels of the others as they were', async () => {
    const data = await writeLeakyFolder();
    const { train: whole } = await load({ data });
    const { train: left } = await load({ data, leaveOutDuplicates: true });
    const bytes = FACE_PX * FACE_PX;
    for (const [index, source] of left.sources.entries()) {
      const before = whole.sources.indexOf(source);
      const imageOf = (pixels: Uint8Array, at: number) => pixels.slice(at * bytes, (at + 1) * bytes);
      expect(imageOf(left.pixels, index)).toEqual(imageOf(whole.pixels, before));
      const targetOf = (targets: Float32Array, at: number) => [...targets.subarray(at * 2, at * 2 + 2)];
      expect(targetOf(left.targets, index)).toEqual(targetOf(whole.targets, before));
    }
    expect(left.pixels.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(left.scored).toHaveLength(3);
  });

  test('are sought once, and again only when what was found is damaged or of other data', async () => {
    const data = await writeLeakyFolder();
    const cacheDir = await emptyFolder();
    const steps: string[] = [];
    const onProgress = ({ what }: { what: string }): void => void steps.push(what);
    const asked = { data, cacheDir, onProgress, leaveOutDuplicates: true };
    const first = await load(asked);
    const searching = 'looking for training images among those that are scored on';
    expect(steps).toContain(searching);
    steps.length = 0;
    expect(await load(asked)).toEqual(first);
    expect(steps).toEqual([]);
    const name = (await readdir(cacheDir)).find((file) => file.endsWith('.duplicates.json')) as string;
    const text = await readFile(join(cacheDir, name), 'utf8');
    await writeFile(join(cacheDir, name), text.replace('"index":1', '"index":0'));
    expect(await load(asked)).toEqual(first);
    expect(steps).toContain(searching);
    expect(await readFile(join(cacheDir, name), 'utf8')).toBe(text);
  });

  test('are refused to be left out where nothing of a class would remain', async () => {
    const data = await writeLeakyFolder();
    await writeFiles(data, { 'train/a/0.png': await face(21) });
    await expect(load({ data, leaveOutDuplicates: true })).rejects.toThrow(OnlyDuplicatesError);
    await expect(load({ data, leaveOutDuplicates: true })).rejects.toThrow(
      /^All 3 training images of class "a" in .*--keep-duplicates\.$/u,
    );
  });
});

test('a dataset without any keeps its fingerprint, and says that it was searched', async () => {
  const data = await writeLeakyFolder();
  await writeFiles(data, { 'validation/a/0.png': await face(9) });
  const [whole, left] = [await load({ data }), await load({ data, leaveOutDuplicates: true })];
  expect(left).toEqual({ ...whole, duplicatesLeftOut: 0 });
});
