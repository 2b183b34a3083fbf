import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DatasetNotFoundError,
  DatasetOptionError,
  EmptyClassError,
  NoValidationImagesError,
  TooManyUnusableError,
  UnsupportedDatasetError,
} from './dataset-errors.ts';
import { emptyFolder, noisePng, writeFiles, writeImageFolder } from './image-folder.test-support.ts';
import { loadDataset, type LoadDatasetParams } from './load-dataset.ts';
import { VOTE_COLUMNS } from './read-votes.ts';

const load = async (params: Partial<LoadDatasetParams>) =>
  loadDataset({
    data: undefined,
    geometry: { widthPx: 8, heightPx: 8, channels: 1 },
    seed: 1,
    cacheDir: await emptyFolder(),
    ...params,
  });

const meanOf = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a folder', () => {
  test('is decoded with every image under its own label', async () => {
    const data = await writeImageFolder({
      classes: ['black', 'gray', 'white'],
      splits: { train: 4, validation: 2, test: 1 },
    });
    const dataset = await load({ data });
    expect(dataset.labels).toEqual(['black', 'gray', 'white']);
    expect([dataset.train.count, dataset.validation.count, dataset.test?.count]).toEqual([12, 6, 3]);
    expect(dataset).toMatchObject({
      kind: 'folder',
      protocol: 'own labels',
      skipped: [],
      widthPx: 8,
      channels: 1,
    });
    for (const { count, pixels, targets } of [dataset.train, dataset.validation])
      for (let image = 0; image < count; image++) {
        const brightness = meanOf(pixels.subarray(image * 64, (image + 1) * 64));
        const label = [...targets.subarray(image * 3, image * 3 + 3)].indexOf(1);
        expect(Math.abs(brightness - 30 - 95 * label)).toBeLessThan(10);
      }
  });

  test('that is not divided is divided by class, by the seed', async () => {
    const data = await writeImageFolder({ classes: ['a', 'b'], splits: { '': 10 } });
    const [first, again, other] = [await load({ data }), await load({ data }), await load({ data, seed: 2 })];
    expect([first.train.count, first.validation.count]).toEqual([16, 4]);
    expect(first.validation.sources.filter((source) => source.startsWith('a/'))).toHaveLength(2);
    expect(again.fingerprint).toBe(first.fingerprint);
    expect(other.validation.sources).not.toEqual(first.validation.sources);
    expect((await load({ data, validationFraction: 0.5 })).validation.count).toBe(10);
  });

  test('is read from its files once, and again when one of them changes', async () => {
    const data = await writeImageFolder({ classes: ['a', 'b'], splits: { train: 3, val: 2 } });
    const cacheDir = await emptyFolder();
    const steps: number[] = [];
    const onProgress = ({ done }: { done: number }): void => void steps.push(done);
    const first = await load({ data, cacheDir, onProgress });
    expect(steps.at(-1)).toBe(10);
    steps.length = 0;
    expect(await load({ data, cacheDir, onProgress })).toEqual(first);
    expect(steps).toEqual([]);
    await utimes(join(data, 'train/a/0.png'), 1, 1);
    expect((await load({ data, cacheDir, onProgress })).fingerprint).toBe(first.fingerprint);
    expect(steps.at(-1)).toBe(10);
  });

  test('is read from its files again when its cache is damaged', async () => {
    const data = await writeImageFolder({ classes: ['a', 'b'], splits: { train: 3, val: 2 } });
    const cacheDir = await emptyFolder();
    const first = await load({ data, cacheDir });
    const [name = ''] = await readdir(cacheDir);
    const bytes = await readFile(join(cacheDir, name));
    await writeFile(join(cacheDir, name), bytes.subarray(0, -1));
    expect(await load({ data, cacheDir })).toEqual(first);
    expect((await readFile(join(cacheDir, name))).equals(bytes)).toBe(true);
  });

  test('may hold a few damaged files, which are listed', async () => {
    const data = await writeImageFolder({ classes: ['a', 'b'], splits: { train: 20, val: 2 } });
    const whole = await load({ data });
    await writeFiles(data, { 'train/a/3.png': (await noisePng(3)).subarray(0, 60), 'val/b/notes.txt': 'x' });
    const dataset = await load({ data });
    expect(dataset.skipped.map(({ source }) => source)).toEqual(['train/a/3.png', 'val/b/notes.txt']);
    expect(dataset.train.count).toBe(39);
    const [before, after] = [whole.train, dataset.train];
    expect(after.sources).toEqual(before.sources.filter((source) => source !== 'train/a/3.png'));
    const slot = before.sources.indexOf('train/a/3.png');
    expect([...after.pixels]).toEqual([
      ...before.pixels.subarray(0, slot * 64),
      ...before.pixels.subarray((slot + 1) * 64),
    ]);
  });

  test('with over 5 % damaged files is refused, and nothing is kept', async () => {
    const data = await writeImageFolder({ classes: ['a', 'b'], splits: { train: 5, val: 2 } });
    await writeFiles(data, { 'train/a/1.png': '', 'train/b/1.png': 'x'.repeat(50) });
    const cacheDir = await emptyFolder();
    await expect(load({ data, cacheDir })).rejects.toThrow(TooManyUnusableError);
    await expect(load({ data, cacheDir })).rejects.toThrow(
      `2 of 14 files in ${data} cannot be used (14.3 %, allowed are 5 %): train/a/1.png (empty file), train/b/1.png (not a PNG, JPEG or WebP image).`,
    );
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test('too small to set anything aside for validation is refused', async () => {
    const data = await writeImageFolder({ classes: ['a', 'b'], splits: { '': 1 } });
    await expect(load({ data })).rejects.toThrow(NoValidationImagesError);
  });

  test('in which all images of a class are damaged is refused', async () => {
    const data = await writeImageFolder({ classes: ['a', 'b'], splits: { train: 30, val: 2 } });
    await writeFiles(data, { 'train/rare/1.png': 'x', 'val/rare/1.png': await noisePng(1) });
    await expect(load({ data })).rejects.toThrow(EmptyClassError);
  });
});

describe('fer2013.csv', () => {
  const row = (emotion: number, value: number, usage: string): string =>
    `${emotion},${Array.from({ length: 2304 }, () => value).join(' ')},${usage}`;
  const csvWith = async (emotions: readonly number[]): Promise<string> => {
    const root = await emptyFolder();
    const rows = ['Training', 'PublicTest', 'PrivateTest'].flatMap((usage, split) =>
      emotions.map((emotion) => row(emotion, emotion * 10 + split, usage)),
    );
    await writeFiles(root, { 'fer2013.csv': ['emotion,pixels,Usage', ...rows, ''].join('\n') });
    return join(root, 'fer2013.csv');
  };

  test('comes with the labels and the splits of the challenge', async () => {
    const dataset = await load({ data: await csvWith([0, 1, 2, 3, 4, 5, 6]) });
    expect(dataset).toMatchObject({ kind: 'fer2013-csv', name: 'fer2013.csv', protocol: 'own labels' });
    expect(dataset.labels).toEqual(['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral']);
    const { validation, test: tested } = dataset;
    expect(validation.sources).toEqual(Array.from({ length: 7 }, (_, index) => `row ${8 + index}`));
    expect(validation.targets.subarray(7, 14)).toEqual(Float32Array.of(0, 1, 0, 0, 0, 0, 0));
    expect([...new Set(tested?.pixels.subarray(3 * 64, 4 * 64))]).toEqual([32]);
  });

  test('must show every emotion', async () => {
    await expect(load({ data: await csvWith([0, 1, 2, 3, 4, 6]) })).rejects.toThrow(
      'Class "surprise" has no usable image',
    );
  });
});

describe('votes', () => {
  test('give fer2013.csv the labels of FER+', async () => {
    const root = await emptyFolder();
    const pixels = Array.from({ length: 2304 }, () => 5).join(' ');
    await writeFiles(root, {
      'fer2013.csv': `emotion,pixels,Usage\n0,${pixels},Training\n0,${pixels},Training\n${`0,${pixels},PublicTest\n`.repeat(3)}0,${pixels},PrivateTest\n`,
      'votes.csv': [
        `Usage,Image name,${VOTE_COLUMNS.join(',')}`,
        'Training,fer0.png,0,10,0,0,0,0,0,0,0,0',
        'Training,fer1.png,0,4,6,0,0,0,0,0,0,0',
        'PublicTest,fer2.png,0,0,5,5,0,0,0,0,0,0',
        'PublicTest,,0,0,0,0,0,0,0,0,0,10',
        'PublicTest,fer4.png,0,0,0,9,0,0,0,0,0,0',
        'PrivateTest,fer5.png,5,5,0,0,0,0,0,0,0,0',
      ].join('\n'),
    });
    const dataset = await load({
      data: join(root, 'fer2013.csv'),
      votes: join(root, 'votes.csv'),
      protocol: 'strict',
    });
    expect(dataset.protocol).toBe('FER+ strict');
    expect(dataset.labels[1]).toBe('happiness');
    expect([...dataset.train.targets].map((share) => share.toFixed(1))).toEqual(
      [0, 1, 0, 0, 0, 0, 0, 0, 0, 0.4, 0.6, 0, 0, 0, 0, 0].map((share) => share.toFixed(1)),
    );
    expect([[...dataset.train.scored], [...dataset.validation.scored]]).toEqual([
      [1, 1],
      [0, 1],
    ]);
    // Its one image does not count.
    expect(dataset.test).toBeUndefined();
    expect(dataset.skipped).toEqual([{ source: 'row 4', reason: 'most taggers found no face' }]);
  });
});

test('votes under which no validation image counts are refused before the training, not after', async () => {
  const data = await writeImageFolder({ classes: ['a', 'b'], splits: { train: 1, val: 1 } });
  const root = await emptyFolder();
  const images = ['0.png', '1.png', '2.png', '3.png'];
  const row = (image: string, index: number): string => `${image},${index % 2 === 0 ? '9,0' : '0,9'}`;
  const rest = ',0,0,0,0,0,0,0,0';
  await writeFiles(data, {
    'train/a/1.png': await noisePng(1),
    'train/b/2.png': await noisePng(2),
    'val/a/3.png': await noisePng(3),
  });
  const voted = images.map((image, index) =>
    index === 3 ? `${image},5,5${rest}` : `${row(image, index)}${rest}`,
  );
  // 0.png is in both splits: it has no votes, so that only 3.png, which two emotions share, is left to validate on.
  const csv = [`Image name,${VOTE_COLUMNS.join(',')}`, ...voted.slice(1)].join('\n');
  await writeFiles(root, { 'votes.csv': csv });
  const votes = join(root, 'votes.csv');
  await expect(load({ data, votes, protocol: 'strict' })).rejects.toThrow(NoValidationImagesError);
  expect((await load({ data, votes })).validation.count).toBe(1);
});

describe('what cannot be loaded', () => {
  test('is not there', async () => {
    await expect(load({ data: '/nowhere/faces' })).rejects.toThrow(DatasetNotFoundError);
    const data = await writeImageFolder({ classes: ['a', 'b'], splits: { '': 2 } });
    await expect(load({ data, votes: '/nowhere/votes.csv' })).rejects.toThrow(
      "path of FER+'s fer2013new.csv",
    );
  });

  test('is a file of another kind', async () => {
    const root = await emptyFolder();
    await writeFiles(root, { 'faces.zip': 'x' });
    await expect(load({ data: join(root, 'faces.zip') })).rejects.toThrow(UnsupportedDatasetError);
  });

  test('is asked for with options that make no sense', async () => {
    await expect(load({ votes: 'votes.csv' })).rejects.toThrow(DatasetOptionError);
    await expect(load({ protocol: 'strict' })).rejects.toThrow(DatasetOptionError);
    await expect(load({ protocol: 'majority' })).rejects.toThrow(DatasetOptionError);
    await expect(load({ validationFraction: 1 })).rejects.toThrow('The validation fraction is 1;');
  });
});
