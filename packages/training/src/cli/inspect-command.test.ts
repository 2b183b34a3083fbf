import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { writeFiles } from '../dataset/image-folder.test-support.ts';
import { loadDataset } from '../dataset/load-dataset.ts';
import { VOTE_COLUMNS } from '../dataset/read-votes.ts';
import { COPIES, drawnFace, FACE_PX } from '../duplicates/drawn-faces.test-support.ts';
import { inspectCommand, ProblemsFoundError } from './inspect-command.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mien-inspect-'));
});
afterEach(() => rm(dir, { recursive: true }));

const png = (gray: Uint8Array): Promise<Buffer> =>
  sharp(gray, { raw: { width: FACE_PX, height: FACE_PX, channels: 1 } })
    .png()
    .toBuffer();
const face = async (person: number): Promise<Buffer> => png(await drawnFace(person));

/** Two classes of a few drawn people each, nobody twice. */
const writeCleanFolder = async (): Promise<string> => {
  const data = join(dir, 'faces');
  for (let image = 0; image < 6; image++) {
    await writeFiles(data, {
      [`train/angry/${image}.png`]: await face(image + 1),
      [`train/happy/${image}.png`]: await face(image + 11),
    });
  }
  await writeFiles(data, {
    'validation/angry/v.png': await face(31),
    'validation/happy/w.png': await face(32),
  });
  return data;
};

/** The same with a leak, a copy under another label, and a blank image. */
const writeTroubledFolder = async (): Promise<string> => {
  const data = await writeCleanFolder();
  await writeFiles(data, {
    'train/angry/leak.png': await png(await COPIES['brightened']!(await drawnFace(32))),
    'train/happy/twin.png': await face(2),
    'train/happy/blank.png': await png(new Uint8Array(FACE_PX * FACE_PX).fill(200)),
  });
  return data;
};

/** Runs the command; gives what it says to people. */
const inspect = async (...args: string[]): Promise<{ out: string; err: string }> => {
  const said = { out: '', err: '' };
  const command = inspectCommand()
    .exitOverride()
    .configureOutput({ writeOut: (text) => (said.out += text), writeErr: (text) => (said.err += text) });
  await command.parseAsync(['--cache-dir', join(dir, 'cache'), '--out', join(dir, 'out'), ...args], {
    from: 'user',
  });
  return said;
};

describe('inspectCommand', () => {
  test('says what is wrong with a dataset and what to do, and writes it down', async () => {
    const { out, err } = await inspect('--data', await writeTroubledFolder());
    expect(out).toMatch(
      /^leakage +1 training image shows the same picture as a validation or test image; 1 of the images scored on \(50\.0 %\) have such a copy\.$/mu,
    );
    expect(out).toMatch(/^ +→ fit leaves them out/mu);
    expect(out).toMatch(/^label-conflicts +2 pictures with copies/mu);
    expect(out).toMatch(/^blank +1 image is blank/mu);
    expect(err).toContain('looking for');
    const json = JSON.parse(await readFile(join(dir, 'out', 'inspect.json'), 'utf8')) as unknown;
    expect(json).toMatchObject({
      name: 'faces',
      balance: [
        { split: 'train', images: 15, classes: [{ images: 7 }, { images: 8 }] },
        { split: 'validation', images: 2 },
      ],
      leaks: [
        {
          image: { source: 'train/angry/leak.png' },
          sameAs: { source: 'validation/happy/w.png', label: 'happy' },
          likeness: 'near',
        },
      ],
      groups: [
        {
          isExact: true,
          isConflict: true,
          isAcrossSplits: false,
          images: [{ label: 'angry' }, { label: 'happy' }],
        },
        { isExact: false, isConflict: true, isAcrossSplits: true },
      ],
      oddities: [{ image: { source: 'train/happy/blank.png' }, kind: 'blank' }],
      sizes: { files: 17, small: [], oblong: [] },
    });
    const page = await readFile(join(dir, 'out', 'inspect.html'), 'utf8');
    expect(page).toContain('Copies with different labels');
    expect(page).not.toMatch(/(?:src|href)="(?!data:)/u);
  });

  test('writes a list that training can leave out', async () => {
    const data = await writeTroubledFolder();
    await inspect('--data', data);
    const exclude = join(dir, 'out', 'exclude.txt');
    const left = await loadDataset({
      data,
      exclude,
      geometry: { widthPx: FACE_PX, heightPx: FACE_PX, channels: 1 },
      seed: 1,
      cacheDir: join(dir, 'cache'),
    });
    expect(left.train.count).toBe(13);
    expect(left.train.sources).not.toContain('train/angry/leak.png');
    expect(left.train.sources).not.toContain('train/happy/blank.png');
  });

  test('finds nothing in a clean dataset, and leaves no list of an earlier one behind', async () => {
    await inspect('--data', await writeTroubledFolder());
    await rm(join(dir, 'faces'), { recursive: true });
    const { out } = await inspect('--data', await writeCleanFolder(), '--fail-on', 'leakage', 'blank');
    expect(out).toContain('Nothing was found that would need doing.');
    expect(existsSync(join(dir, 'out', 'exclude.txt'))).toBe(false);
  });

  test('fails on leakage when told to, after everything is written', async () => {
    const data = await writeTroubledFolder();
    const failing = inspect('--data', data, '--fail-on', 'leakage');
    await expect(failing).rejects.toThrow(ProblemsFoundError);
    await expect(failing).rejects.toThrow(/^Failed on leakage, as --fail-on says: 1 training image/u);
    expect(existsSync(join(dir, 'out', 'inspect.html'))).toBe(true);
  });

  test('prints JSON alone on its output when told to', async () => {
    const { out } = await inspect('--data', await writeTroubledFolder(), '--json');
    expect(JSON.parse(out)).toMatchObject({ leaks: [{ likeness: 'near' }] });
  });

  test('compares labels with votes', async () => {
    const data = await writeCleanFolder();
    const row = (name: string, votes: readonly number[]): string => [name, ...votes].join(',');
    const votes = join(dir, 'votes.csv');
    await writeFile(
      votes,
      [
        row('Image name', VOTE_COLUMNS as unknown as number[]),
        // Columns: neutral, happiness, surprise, sadness, anger, …
        row('0.png', [0, 0, 0, 0, 10, 0, 0, 0, 0, 0]),
        row('1.png', [0, 0, 0, 0, 0, 0, 0, 0, 0, 10]),
        row('2.png', [0, 10, 0, 0, 0, 0, 0, 0, 0, 0]),
        row('v.png', [0, 0, 0, 0, 10, 0, 0, 0, 0, 0]),
        row('w.png', [0, 0, 0, 10, 0, 0, 0, 0, 0, 0]),
      ].join('\n'),
    );
    const { out } = await inspect('--data', data, '--votes', votes);
    // 0.png and 2.png are angry once and happy once each; v.png is angry, w.png happy: three of six agree.
    expect(out).toContain('Label agreement  50.0 % of 6 images: angry 67 %, happy 33 %');
    expect(out).toMatch(/^no-face +Most taggers found no face on 2 images\.$/mu);
    const page = await readFile(join(dir, 'out', 'inspect.html'), 'utf8');
    expect(page).toContain('Labels against votes');
  });

  test('is told by a problem of an unknown kind, and by data that is not there', async () => {
    await expect(inspect('--data', 'x', '--fail-on', 'smells')).rejects.toThrow(
      /Allowed choices are leakage/u,
    );
    await expect(inspect('--data', join(dir, 'nowhere'))).rejects.toThrow(/There is nothing at/u);
  });
});
