import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTrainedModelCard } from '@mien/contract';
import { emptyFolder, writeFiles, writeImageFolder } from '../dataset/image-folder.test-support.ts';
import { VOTE_COLUMNS } from '../dataset/read-votes.ts';
import { loadTrainedModel } from '../evaluate/load-trained-model.ts';
import { fit, type FitParams } from './fit.ts';
import { InvalidRecipeError } from './validate-recipe.ts';

const paramsFor = async (): Promise<FitParams & { out: string }> => {
  const data = await writeImageFolder({ classes: ['a', 'b'], splits: { train: 3, val: 2 } });
  const root = await emptyFolder();
  const votes = [0, 1].map((image) => `${image}.png,${image === 0 ? '0,10' : '10,0'},0,0,0,0,0,0,0,0`);
  await writeFiles(root, { 'votes.csv': [`Image name,${VOTE_COLUMNS.join(',')}`, ...votes].join('\n') });
  return {
    options: {
      data,
      votes: join(root, 'votes.csv'),
      protocol: 'strict',
      ownLabels: 'folders',
      architecture: 'residual',
      seed: 1,
      settings: { epochs: 1, stepsPerEpoch: 1, batchSize: 2, augment: { erasing: null }, cropPx: 16 },
    },
    out: join(await emptyFolder(), 'model'),
    cacheDir: await emptyFolder(),
    backend: 'wasm',
    workers: 0,
  };
};

test('a run that learns votes and own labels gives one model of two heads, each with its figures', async () => {
  const params = await paramsFor();
  const { card, history } = await fit(params);
  expect(card.labels).toHaveLength(8);
  expect(card.otherHeads).toMatchObject([
    { output: 'folders', labels: ['a', 'b'], evaluation: [{ protocol: 'own labels', samples: 4 }] },
  ]);
  expect(card.evaluation[0]).toMatchObject({ protocol: 'FER+ strict', samples: 4 });
  expect(history[0]?.validationOwnAccuracy).toBe(card.otherHeads?.[0]?.evaluation[0]?.accuracy);
  const saved = parseTrainedModelCard(JSON.parse(await readFile(join(params.out, 'card.json'), 'utf8')));
  expect(saved).toEqual(card);
  const { model } = await loadTrainedModel(params.out);
  expect(model.outputs.map(({ sourceLayer }) => sourceLayer.name)).toEqual(['probabilities', 'folders']);
  model.dispose();
});

test.each([
  [{ architecture: 'document' }, 'left out with architecture "document"'],
  [{ ownLabels: 'probabilities' }, 'a layer of "residual" is called so'],
  [{ ownLabels: 'average' }, 'a layer of "residual" is called so'],
  [{ ownLabels: 'No Name' }, 'a name of small letters'],
])('a second head is refused under %j', async (changes, message) => {
  const params = await paramsFor();
  const fitting = fit({ ...params, options: { ...params.options, ...changes } });
  await expect(fitting).rejects.toThrow(InvalidRecipeError);
  await expect(fitting).rejects.toThrow(message);
});
