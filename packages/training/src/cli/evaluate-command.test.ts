import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import tf from '@tensorflow/tfjs';
import sharp from 'sharp';
import { SingleClassError } from '../dataset/dataset-errors.ts';
import { VOTE_COLUMNS } from '../dataset/read-votes.ts';
import { MissingSplitError } from '../evaluate/choose-split.ts';
import {
  brightHalfCard,
  HALF,
  writeBrightHalfModel,
  writeTwoHeadModel,
} from '../evaluate/trained-model.test-support.ts';
import { evaluateCommand } from './evaluate-command.ts';
import { DataNeededError } from './load-scored-data.ts';

tf.enableProdMode();

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mien-evaluate-'));
  await writeBrightHalfModel(join(dir, 'model'));
});
afterEach(() => rm(dir, { recursive: true }));

/** Draws a picture that is bright on one side, a little more so for higher numbers. */
const writeHalf = async (file: string, isLeft: boolean, image: number): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  const pixels = Uint8Array.from({ length: 64 }, (_, pixel) => (pixel % 8 < 4 === isLeft ? 200 : 50) + image);
  await sharp(pixels, { raw: { width: 8, height: 8, channels: 1 } })
    .png()
    .toFile(file);
};

/** Ten pictures of each class for training and for validation; two of the "left" ones are bright on the right. */
const writeDataset = async (folder: string): Promise<void> => {
  for (const [split, label] of ['train', 'validation'].flatMap((split) =>
    ['left', 'right'].map((label) => [split, label] as const),
  )) {
    for (let image = 0; image < 10; image++)
      await writeHalf(join(folder, split, label, `${image}.png`), label === 'left' && image >= 2, image);
  }
};

/** Runs the command; gives what it says to people. */
const evaluate = async (...args: string[]): Promise<{ out: string; err: string }> => {
  const said = { out: '', err: '' };
  const command = evaluateCommand().configureOutput({
    writeOut: (text) => (said.out += text),
    writeErr: (text) => (said.err += text),
  });
  await command.parseAsync(
    ['--model', join(dir, 'model'), '--backend', 'cpu', '--cache-dir', join(dir, 'cache'), ...args],
    { from: 'user' },
  );
  return said;
};

describe('evaluateCommand', () => {
  test('scores a folder of images and writes figures and report', async () => {
    await writeDataset(join(dir, 'data'));
    const json = join(dir, 'out', 'figures.json');
    const report = join(dir, 'out', 'report.html');
    const { out, err } = await evaluate('--data', join(dir, 'data'), '--json', json, '--report', report);

    const figures = JSON.parse(await readFile(json, 'utf8')) as unknown;
    expect(figures).toMatchObject({
      model: 'bright half',
      evaluation: {
        dataset: 'data',
        split: 'validation',
        usedForSelection: false,
        samples: 20,
        accuracy: 0.9,
        confusion: [
          [8, 2],
          [0, 10],
        ],
      },
      confusions: [{ truth: 'left', predicted: 'right', count: 2, shareOfTruth: 0.2 }],
    });
    expect(await readFile(report, 'utf8')).toContain('<title>bright half on data</title>');
    expect(out).toContain('accuracy  90.0 %');
    expect(err).toContain(`Written: ${report}`);
    expect(err).not.toContain('Warning');
  });

  test('warns of figures on the images that the model was chosen on', async () => {
    await writeDataset(join(dir, 'data'));
    const card = brightHalfCard();
    const dataset = { ...card.training.dataset, trainImages: 20, validationImages: 20 };
    await writeBrightHalfModel(join(dir, 'model'), { ...card, training: { ...card.training, dataset } });
    expect((await evaluate('--data', join(dir, 'data'))).err).toContain('Warning: the best epoch');
    const onTrain = await evaluate('--data', join(dir, 'data'), '--split', 'train');
    expect(onTrain.err).toContain('Warning: the model was trained on these images');
  });

  describe('of a model with two heads, beside votes,', () => {
    /** One vote for each picture, by its name. */
    const writeVotes = async (
      votes: Readonly<Record<string, 'neutral' | 'happiness'>>,
    ): Promise<string[]> => {
      const rows = Object.entries(votes).map(([name, vote]) =>
        [name, ...VOTE_COLUMNS.map((column) => (column === vote ? 10 : 0))].join(','),
      );
      await writeFile(
        join(dir, 'votes.csv'),
        [['Image name', ...VOTE_COLUMNS].join(','), ...rows].join('\n'),
      );
      return ['--data', join(dir, 'data'), '--votes', join(dir, 'votes.csv')];
    };

    beforeEach(() => writeTwoHeadModel(join(dir, 'model')));

    test('scores the second by the own labels of all images, with votes or without', async () => {
      await writeDataset(join(dir, 'data'));
      const data = await writeVotes({ '0.png': 'neutral', '1.png': 'happiness' });
      const { out } = await evaluate(...data, '--head', HALF);
      expect(out).toContain('20 images');
      expect(out).toContain('own labels');
      expect(out).toContain('accuracy  90.0 %');
    });

    test('scores the main one also where no folders tell classes', async () => {
      const pictures = Array.from({ length: 20 }, (_, image) => ({ image, isLeft: image % 2 === 0 }));
      for (const { image, isLeft } of pictures)
        await writeHalf(join(dir, 'data', 'pictures', `${image}.png`), isLeft, image);
      const votes = pictures.map(({ image, isLeft }) => [`${image}.png`, isLeft ? 'neutral' : 'happiness']);
      const data = await writeVotes(Object.fromEntries(votes) as Record<string, 'neutral' | 'happiness'>);
      const { out } = await evaluate(...data);
      expect(out).toContain('FER+ majority');
      expect(out).toContain('accuracy  100.0 %');
      await expect(evaluate(...data, '--head', HALF)).rejects.toThrow(SingleClassError);
    });
  });

  test('refuses a split that is not there', async () => {
    await writeDataset(join(dir, 'data'));
    await expect(evaluate('--data', join(dir, 'data'), '--split', 'test')).rejects.toThrow(MissingSplitError);
  });

  test('wants to be told the data, for a model that does not know the built-in faces', async () => {
    await expect(evaluate()).rejects.toThrow(DataNeededError);
    await expect(evaluate()).rejects.toThrow(brightHalfCard().training.dataset.name);
  });
});
