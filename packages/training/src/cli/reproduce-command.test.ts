import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyFolder, writeFiles, writeImageFolder } from '../dataset/image-folder.test-support.ts';
import { VOTE_COLUMNS } from '../dataset/read-votes.ts';
import { fit } from '../fit/fit.ts';
import { readReproduction, RecipeFileError } from '../fit/reproduction.ts';
import { reproduceCommand } from './reproduce-command.ts';

const SETTINGS = { epochs: 1, stepsPerEpoch: 1, batchSize: 2, cropPx: 16 };

const modelFolder = async (recipe: string): Promise<string> => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'recipe.json'), recipe);
  await writeFile(join(folder, 'excluded.txt'), 'train/a/0.png\n');
  return folder;
};

const RECIPE = {
  architecture: 'residual',
  seed: 1,
  protocol: 'strict',
  ownLabels: 'own',
  exclude: 'excluded.txt',
  stages: [SETTINGS, { ...SETTINGS, seed: 3, distillation: 0.5 }],
};

test('a recipe names its runs, with the exclusions beside it', async () => {
  const folder = await modelFolder(JSON.stringify(RECIPE));
  const { shared, stages } = await readReproduction(folder, { data: 'faces', votes: 'votes.csv' });
  expect(stages).toEqual([
    { seed: 1, settings: SETTINGS },
    { seed: 3, settings: { ...SETTINGS, distillation: 0.5 } },
  ]);
  expect(shared).toEqual({
    data: 'faces',
    votes: 'votes.csv',
    protocol: 'strict',
    ownLabels: 'own',
    exclude: join(folder, 'excluded.txt'),
    architecture: 'residual',
  });
});

test.each([
  ['not json', 'it is not JSON'],
  [JSON.stringify({ ...RECIPE, stages: [] }), 'stages'],
  [JSON.stringify({ ...RECIPE, protocol: 'odd' }), 'protocol'],
  [
    JSON.stringify({ ...RECIPE, stages: [SETTINGS, { epoch: 3 }] }),
    'stage 2 gives "epoch", which is no setting; the nearest is "epochs"',
  ],
])('a recipe that is none is refused: %s', async (recipe, message) => {
  const reading = readReproduction(await modelFolder(recipe), { data: '', votes: '' });
  await expect(reading).rejects.toThrow(RecipeFileError);
  await expect(reading).rejects.toThrow(message);
});

test('a folder without recipe is named', async () => {
  const reading = readReproduction(await emptyFolder(), { data: '', votes: '' });
  await expect(reading).rejects.toThrow('recipe.json: there is no such file');
});

test('without votes it says what is missing', async () => {
  const command = reproduceCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const running = command.parseAsync(['--data', 'x'], { from: 'user' });
  await expect(running).rejects.toThrow("required option '--votes <csv>' not specified");
});

test('all stages run, each from the one before and taught by it where the recipe says so, and the figures stand side by side', async () => {
  const data = await writeImageFolder({ classes: ['a', 'b'], splits: { train: 3, val: 2 } });
  const votes = [0, 1].map((image) => `${image}.png,${image === 0 ? '0,10' : '10,0'},0,0,0,0,0,0,0,0`);
  await writeFiles(data, { 'votes.csv': [`Image name,${VOTE_COLUMNS.join(',')}`, ...votes].join('\n') });
  const model = await modelFolder(JSON.stringify(RECIPE));
  const out = join(await emptyFolder(), 'again');
  const args = ['--data', data, '--votes', join(data, 'votes.csv'), '--model', model, '--out', out];
  const rest = ['--backend', 'wasm', '--workers', '0', '--cache-dir', await emptyFolder()];
  const lines: string[] = [];
  const reproduce = () =>
    reproduceCommand()
      .configureOutput({ writeOut: (line) => void lines.push(line) })
      .parseAsync([...args, ...rest], { from: 'user' });
  const { shared } = await readReproduction(model, { data, votes: join(data, 'votes.csv') });
  const shipped = join(await emptyFolder(), 'shipped');
  await fit({
    options: { ...shared, seed: 1, settings: SETTINGS },
    out: shipped,
    backend: 'wasm',
    workers: 0,
    cacheDir: await emptyFolder(),
  });
  await copyFile(join(shipped, 'card.json'), join(model, 'card.json'));
  await reproduce();
  expect(lines.join('')).not.toContain('done already');
  await reproduce();
  const text = lines.join('');
  expect(text).toContain('starts from again-stage-1');
  expect(text).toContain('again is done already');
  const card = JSON.parse(await readFile(join(out, 'card.json'), 'utf8')) as { training: object };
  const recipe = { startedFrom: 'again-stage-1', teachers: ['again-stage-1'] };
  expect(card.training).toMatchObject({ seed: 3, recipe });
  const row = text.split('\n').find((line) => line.startsWith('own, validation (own labels, 4)')) ?? '';
  const figures = row.match(/[\d.]+ %?/gu) ?? [];
  expect(figures).toHaveLength(6);
});
