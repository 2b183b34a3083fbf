import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidModelCardError, parseTrainedModelCard, type TrainedModelCard } from '@mien/contract';
import { brightHalfCard } from '../evaluate/trained-model.test-support.ts';
import { addToCard } from './add-to-card.ts';
import { turningTable } from './robustness.test-support.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mien-card-'));
  await writeFile(join(folder, 'card.json'), JSON.stringify({ ...brightHalfCard(), later: 'field' }));
});
afterEach(() => rm(folder, { recursive: true }));

const readCard = async (): Promise<TrainedModelCard & { later?: string }> =>
  JSON.parse(await readFile(join(folder, 'card.json'), 'utf8')) as TrainedModelCard;

describe('addToCard', () => {
  test('puts the figures into the card and leaves the rest', async () => {
    expect(await addToCard(folder, turningTable())).toBe(join(folder, 'card.json'));
    const { robustness, ...rest } = await readCard();
    expect(rest).toEqual({ ...brightHalfCard(), later: 'field' });
    expect(robustness).toEqual([
      {
        dataset: 'halves',
        split: 'validation',
        protocol: 'majority of votes',
        clean: { samples: 20, accuracy: 0.9, macroF1: 0.88 },
        rows: [
          { corruption: 'turning', strength: '0°', level: 1, samples: 20, accuracy: 0.9, macroF1: 0.88 },
          { corruption: 'turning', strength: '180°', level: 2, samples: 20, accuracy: 0.6, macroF1: 0.5 },
          { corruption: 'turning', strength: 'black', level: 3, samples: 20, accuracy: 0.93, macroF1: 0.9 },
        ],
      },
    ]);
    expect(parseTrainedModelCard(await readCard(), 'card').robustness).toEqual(robustness);
  });

  test('replaces a table of the same head on the same images and keeps others', async () => {
    await addToCard(folder, turningTable());
    await addToCard(folder, turningTable({ output: 'own' }));
    await addToCard(folder, turningTable({ split: 'test' }));
    await addToCard(folder, turningTable({ rows: turningTable().rows.slice(1) }));
    const { robustness = [] } = await readCard();
    expect(robustness.map(({ output, split, rows }) => [output, split, rows.length])).toEqual([
      ['own', 'validation', 3],
      [undefined, 'test', 3],
      [undefined, 'validation', 2],
    ]);
  });

  test('does not write a card that would break its schema', async () => {
    const before = await readFile(join(folder, 'card.json'), 'utf8');
    const clean = { ...turningTable().clean, accuracy: 1.5 };
    await expect(addToCard(folder, turningTable({ clean }))).rejects.toThrow(InvalidModelCardError);
    expect(await readFile(join(folder, 'card.json'), 'utf8')).toBe(before);
  });
});
