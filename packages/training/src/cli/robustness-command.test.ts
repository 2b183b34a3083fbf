import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainedModelCard } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import sharp from 'sharp';
import { UnknownHeadError } from '../evaluate/choose-head.ts';
import { TrainedModelNotFoundError } from '../evaluate/trained-model-errors.ts';
import { writeBrightHalfModel } from '../evaluate/trained-model.test-support.ts';
import { CORRUPTIONS } from '../robustness/corruptions.ts';
import { halvesSplit } from '../robustness/robustness.test-support.ts';
import { DataNeededError } from './load-scored-data.ts';
import { robustnessCommand } from './robustness-command.ts';

tf.enableProdMode();

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mien-robustness-command-'));
  const { pixels, sources } = halvesSplit();
  for (const [image, source] of sources.entries())
    for (const split of ['train', 'validation']) {
      const file = join(dir, 'data', split, source);
      await mkdir(join(file, '..'), { recursive: true });
      await sharp(pixels.subarray(image * 64, (image + 1) * 64), {
        raw: { width: 8, height: 8, channels: 1 },
      })
        .png()
        .toFile(file);
    }
});
beforeEach(() => writeBrightHalfModel(join(dir, 'model')));
afterEach(() => rm(join(dir, 'model'), { recursive: true }));
afterAll(() => rm(dir, { recursive: true }));

/** Runs the command; gives what it says to people. */
const run = async (...args: string[]): Promise<{ out: string; err: string }> => {
  const said = { out: '', err: '' };
  const command = robustnessCommand().configureOutput({
    writeOut: (text) => (said.out += text),
    writeErr: (text) => (said.err += text),
  });
  await command.parseAsync(
    ['--model', join(dir, 'model'), '--backend', 'cpu', '--cache-dir', join(dir, 'cache'), ...args],
    { from: 'user' },
  );
  return said;
};

describe('robustnessCommand', () => {
  test('prints the table and writes data, page and card', async () => {
    const { out, err } = await run('--data', join(dir, 'data'), '--write-card');
    expect(out).toContain('bright half on data: 20 images of the validation split');
    // 9 of 10 and 10 of 10.
    expect(out).toMatch(/^clean +95\.0 %/mu);
    for (const { name } of CORRUPTIONS) expect(out).toMatch(new RegExp(`^${name} +1 `, 'mu'));

    const json = await readFile(join(dir, 'model', 'robustness.json'), 'utf8');
    const table = JSON.parse(json) as { clean: { accuracy: number }; rows: unknown[] };
    expect(table.clean.accuracy).toBe(0.95);
    expect(table.rows).toHaveLength(21);
    const card = JSON.parse(await readFile(join(dir, 'model', 'card.json'), 'utf8')) as TrainedModelCard;
    expect(card.robustness?.[0]?.rows).toHaveLength(21);
    for (const file of ['robustness.json', 'robustness.html', 'card.json'])
      expect(err).toContain(`Written: ${join(dir, 'model', file)}`);

    // Whatever is drawn at random follows from the images alone.
    await run('--data', join(dir, 'data'));
    expect(await readFile(join(dir, 'model', 'robustness.json'), 'utf8')).toBe(json);
  });

  test('leaves the card alone unless asked', async () => {
    const before = await readFile(join(dir, 'model', 'card.json'), 'utf8');
    const { out } = await run('--data', join(dir, 'data'), '--images', '5');
    expect(out).toContain(': 5 images');
    expect(await readFile(join(dir, 'model', 'card.json'), 'utf8')).toBe(before);
  });

  test('writes nothing where it cannot score', async () => {
    const before = await readdir(join(dir, 'model'));
    await expect(run()).rejects.toThrow(DataNeededError);
    await expect(run('--data', join(dir, 'data'), '--head', 'age')).rejects.toThrow(UnknownHeadError);
    await expect(run('--model', join(dir, 'nowhere'))).rejects.toThrow(TrainedModelNotFoundError);
    expect(await readdir(join(dir, 'model'))).toEqual(before);
  });
});
