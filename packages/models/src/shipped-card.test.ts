import { parseTrainedModelCard } from '@mien/contract';
import { readFile } from 'node:fs/promises';
import { PACKAGE_FILES } from './package-files.ts';

const text = await readFile(new URL('card.json', PACKAGE_FILES.source), 'utf8');
const { training, licence, evaluation, limits } = parseTrainedModelCard(JSON.parse(text));

describe('the card of the shipped model', () => {
  test.each([
    ['where its data is from', training.dataset.source],
    ['the command that trains it again', training.command],
    ['the commit of the code that trained it', training.commit],
    ['what it was trained on', training.hardware],
    ['how long that took', training.hours],
    ['how good it is', evaluation[0]?.accuracy],
    ['what it cannot do', limits[0]],
  ])('says %s', (_, stated) => {
    expect(stated).toBeDefined();
  });

  test.each(Object.entries(licence))('states the licence of its %s', (_, stated) => {
    expect(stated).not.toMatch(/not stated/iu);
  });
});
