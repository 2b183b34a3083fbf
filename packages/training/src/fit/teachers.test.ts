import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainedModelCard } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { selectBackend } from '../backend/select-backend.ts';
import { emptyFolder, writeImageFolder } from '../dataset/image-folder.test-support.ts';
import { fit } from './fit.ts';
import { openNetwork } from './network.ts';
import { openTeachers, UnfitTeacherError, type Teachers } from './teachers.ts';
import { Trainer } from './trainer.ts';
import { TINY_GEOMETRY, TINY_RECIPE, tinyModel, tinySplit } from './train.test-support.ts';

const LABELS = ['a', 'b'];

const trainTeacher = async (seed: number, teachers?: readonly string[]): Promise<string> => {
  const out = join(await emptyFolder(), `teacher${seed}`);
  await fit({
    options: {
      data: await writeImageFolder({ classes: LABELS, splits: { train: 2, val: 1 } }),
      architecture: 'residual',
      seed,
      settings: { epochs: 1, stepsPerEpoch: 1, batchSize: 2, cropPx: 16 },
      ...(teachers === undefined ? {} : { teachers }),
    },
    out,
    cacheDir: await emptyFolder(),
    backend: 'wasm',
    workers: 0,
  });
  return out;
};

test('teachers answer together, on pictures of any size, and are named in the card of what learns from them', async () => {
  const folders = [await trainTeacher(1), await trainTeacher(2)];
  await selectBackend('wasm');
  const pixels = tf.randomUniform<tf.Rank.R4>([3, 16, 16, 1], 0, 255, 'float32', 3);
  const lesson = { heads: [LABELS], channels: 1 };
  const [both, first, second] = await Promise.all(
    [folders, [folders[0] ?? ''], [folders[1] ?? '']].map((some) => openTeachers(some, lesson)),
  );
  const answerOf = (teachers: Teachers | undefined) => [...(teachers as Teachers).answer(pixels).dataSync()];
  const [mean, one, other] = [answerOf(both), answerOf(first), answerOf(second)];
  expect(both?.names).toEqual(['teacher1', 'teacher2']);
  expect(one).not.toEqual(other);
  for (const [index, value] of mean.entries())
    expect(value).toBeCloseTo(((one[index] as number) + (other[index] as number)) / 2, 6);
  const pupil = await trainTeacher(3, folders);
  const card = JSON.parse(await readFile(join(pupil, 'card.json'), 'utf8')) as TrainedModelCard;
  expect(card.training.recipe).toMatchObject({ teachers: ['teacher1', 'teacher2'], distillation: 0.5 });
});

test.each([
  [{ heads: [['a', 'c']], channels: 1 }, 'head 1 knows a, b, not a, c'],
  [{ heads: [LABELS, ['x', 'y']], channels: 1 }, 'head 2 knows nothing, not x, y'],
  [{ heads: [LABELS], channels: 3 }, 'its pictures have 1 channels, not 3'],
])('a teacher that does not fit is refused: %j', async (lesson, problem) => {
  const opening = openTeachers([await trainTeacher(1)], lesson);
  await expect(opening).rejects.toThrow(UnfitTeacherError);
  await expect(opening).rejects.toThrow(problem);
});

test('a step under teachers is one on targets that are blended with what they say', async () => {
  await selectBackend('cpu');
  const said = tf.tensor2d(
    Array.from({ length: 8 }, (_, row) => (row % 3 === 0 ? [0.999, 0.001] : [0.001, 0.999])),
  );
  const teachers: Teachers = { names: ['x'], answer: () => said.clone(), dispose: () => undefined };
  const { pixels, targets } = tinySplit(8, 3);
  const batch = { pixels: Float32Array.from(pixels), targets, size: 8, ...TINY_GEOMETRY };
  const answers = said.dataSync();
  const blended = targets.map((target, index) => 0.75 * target + 0.25 * (answers[index] as number));
  const lossOf = (trainer: Trainer, targetsOfBatch: Float32Array): number =>
    trainer.step({ ...batch, targets: targetsOfBatch }, 0, 0.1).dataSync()[0] as number;
  const recipe = { ...TINY_RECIPE, distillation: 0.25 };
  const taught = lossOf(new Trainer(openNetwork(tinyModel(1), 1), recipe, teachers), targets);
  const plain = lossOf(new Trainer(openNetwork(tinyModel(1), 1), recipe), blended);
  const untaught = lossOf(new Trainer(openNetwork(tinyModel(1), 1), recipe), targets);
  expect(taught).toBeCloseTo(plain, 6);
  expect(Math.abs(taught - untaught)).toBeGreaterThan(1e-3);
});
