import { join } from 'node:path';
import { allTargets } from './all-targets.ts';
import { DatasetOptionError, NothingExcludedError, SingleClassError } from './dataset-errors.ts';
import { emptyFolder, writeFiles, writeImageFolder } from './image-folder.test-support.ts';
import { loadDataset, type LoadDatasetParams } from './load-dataset.ts';
import { VOTE_COLUMNS } from './read-votes.ts';

const GEOMETRY = { widthPx: 8, heightPx: 8, channels: 1 } as const;

/** Two classes, images 0–2 in train and 0–1 in val; votes by name, none for 2.png. */
const paramsFor = async (): Promise<LoadDatasetParams & { data: string }> => {
  const data = await writeImageFolder({ classes: ['a', 'b'], splits: { train: 3, val: 2 } });
  const root = await emptyFolder();
  await writeFiles(root, {
    'votes.csv': [
      `Image name,${VOTE_COLUMNS.join(',')}`,
      '0.png,0,10,0,0,0,0,0,0,0,0',
      '1.png,5,5,0,0,0,0,0,0,0,0',
    ].join('\n'),
  });
  return {
    data,
    votes: join(root, 'votes.csv'),
    protocol: 'strict',
    geometry: GEOMETRY,
    seed: 1,
    cacheDir: await emptyFolder(),
  };
};

test('own labels stand beside the votes, also for images without votes', async () => {
  const { labels, ownLabels, train, validation } = await loadDataset({
    ...(await paramsFor()),
    keepOwnLabels: true,
  });
  expect(labels).toHaveLength(8);
  expect(ownLabels).toEqual(['a', 'b']);
  expect(train.sources).toContain('train/b/2.png');
  const row = train.sources.indexOf('train/b/2.png');
  expect([...train.targets.subarray(row * 8, (row + 1) * 8)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect([...(train.ownTargets ?? [])].slice(row * 2, row * 2 + 2)).toEqual([0, 1]);
  expect(train.scored[row]).toBe(0);
  expect(validation.ownTargets).toHaveLength(validation.count * 2);
});

test('all targets are the two sets side by side', async () => {
  const { train } = await loadDataset({ ...(await paramsFor()), keepOwnLabels: true });
  const all = allTargets(train);
  expect(all).toHaveLength(train.count * 10);
  for (let row = 0; row < train.count; row++) {
    expect(all.slice(row * 10, row * 10 + 8)).toEqual(train.targets.slice(row * 8, row * 8 + 8));
    expect(all.slice(row * 10 + 8, row * 10 + 10)).toEqual(train.ownTargets?.slice(row * 2, row * 2 + 2));
  }
});

test('the kept dataset comes back with its own labels, and is another than the one without', async () => {
  const params = { ...(await paramsFor()), keepOwnLabels: true };
  const first = await loadDataset(params);
  const again = await loadDataset(params);
  expect(again.train.ownTargets).toEqual(first.train.ownTargets);
  expect(again.fingerprint).toBe(first.fingerprint);
  const without = await loadDataset({ ...params, keepOwnLabels: false });
  expect(without.ownLabels).toBeUndefined();
  expect(without.fingerprint).not.toBe(first.fingerprint);
});

test('images without votes do not pass for images of a class', async () => {
  const params = await paramsFor();
  const root = await emptyFolder();
  const header = `Image name,${VOTE_COLUMNS.join(',')}`;
  await writeFiles(root, { 'votes.csv': `${header}\n0.png,0,10,0,0,0,0,0,0,0,0` });
  const loading = loadDataset({ ...params, votes: join(root, 'votes.csv'), keepOwnLabels: true });
  await expect(loading).rejects.toThrow(SingleClassError);
});

test('own labels without votes are refused', async () => {
  const { data, geometry, seed, cacheDir } = await paramsFor();
  const loading = loadDataset({ data, geometry, seed, cacheDir, keepOwnLabels: true });
  await expect(loading).rejects.toThrow(DatasetOptionError);
});

describe('a list of exclusions', () => {
  const listOf = async (...lines: string[]): Promise<string> => {
    const root = await emptyFolder();
    await writeFiles(root, { 'exclude.txt': lines.join('\n') });
    return join(root, 'exclude.txt');
  };

  test('takes images out of training alone, and says so', async () => {
    const params = await paramsFor();
    const exclude = await listOf('# copies', 'train/a/0.png', '', 'val/a/0.png');
    const whole = await loadDataset(params);
    const { train, validation, skipped, listedLeftOut, fingerprint } = await loadDataset({
      ...params,
      exclude,
    });
    expect(listedLeftOut).toBe(1);
    expect(train.sources).toEqual(whole.train.sources.filter((source) => source !== 'train/a/0.png'));
    expect(validation.sources).toEqual(whole.validation.sources);
    expect(skipped).toContainEqual({ source: 'train/a/0.png', reason: 'left out by the list of exclusions' });
    expect(fingerprint).not.toBe(whole.fingerprint);
  });

  test('leaves the division of an undivided dataset as it was', async () => {
    const data = await writeImageFolder({ classes: ['a', 'b'], splits: { '': 20 } });
    const { geometry, seed } = await paramsFor();
    const load = async (exclude?: string) =>
      loadDataset({ data, geometry, seed, cacheDir: await emptyFolder(), exclude });
    const whole = await load();
    const [training = '', validating = ''] = [whole.train.sources[0], whole.validation.sources[0]];
    const left = await load(await listOf(training, validating));
    expect(left.validation.sources).toEqual(whole.validation.sources);
    expect(left.train.sources).toEqual(whole.train.sources.filter((source) => source !== training));
  });

  test('that names no training image is refused', async () => {
    const params = await paramsFor();
    const loading = loadDataset({ ...params, exclude: await listOf('train/c/9.png') });
    await expect(loading).rejects.toThrow(NothingExcludedError);
  });

  test('that is not there is named', async () => {
    const params = await paramsFor();
    await expect(loadDataset({ ...params, exclude: 'nowhere.txt' })).rejects.toThrow(
      'There is nothing at nowhere.txt',
    );
  });
});
