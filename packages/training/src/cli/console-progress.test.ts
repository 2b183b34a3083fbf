import type { EpochRecord } from '../fit/history.ts';
import type { StepProgress } from '../fit/training-observer.ts';
import { ConsoleProgress } from './console-progress.ts';
import type { RunStart } from '../fit/fit-observer.ts';

const record: EpochRecord = {
  epoch: 1,
  learningRate: 0.1,
  trainLoss: 1.5,
  trainAccuracy: 0.4,
  validationLoss: 1.25,
  validationAccuracy: 0.5,
  validationMacroF1: 0.45,
  imagesPerSecond: 123.4,
  seconds: 8,
};

const step = (count: number): StepProgress => ({
  epoch: 1,
  epochs: 2,
  step: count,
  stepsPerEpoch: 10,
  batchSize: 32,
  loss: count < 10 ? undefined : 1.5,
  accuracy: count < 10 ? undefined : 0.4,
  learningRate: 0.1,
});

const start = {
  folder: 'dist/training/x',
  dataset: {
    name: 'faces',
    labels: ['a', 'b'],
    train: { count: 80 },
    validation: { count: 20 },
    test: undefined,
    skipped: [{ source: 'x.png', reason: 'broken' }],
  },
  backend: { name: 'cpu', description: 'plain JavaScript', reasons: ['wasm: broken'] },
  recipe: { epochs: 2, batchSize: 32, optimizer: 'adam', learningRate: 0.1, schedule: 'constant' },
  architecture: 'document',
  parameters: 1234567,
  stepsPerEpoch: 10,
  isResumed: true,
} as unknown as RunStart;

/** Ten steps of two seconds each, then the end of the epoch, with a clock of its own. */
const show = (isTTY: boolean): string => {
  let text = '';
  let now = 0;
  const progress = new ConsoleProgress(
    { write: (part: string) => (text += part), isTTY, columns: 200 },
    () => now,
  );
  progress.onStart(start);
  for (let count = 1; count <= 10; count++) {
    now += 2000;
    progress.onStep(step(count));
  }
  progress.onEpoch(record, true);
  return text;
};

test('tells before the first step what will be done with what', () => {
  const text = show(false);
  expect(text).toContain('faces: 80 for training, 20 for validation; 2 classes (a, b)');
  expect(text).toContain('1 files skipped');
  expect(text).toContain('1,234,567 parameters');
  expect(text).toContain('wasm: broken');
  expect(text).toContain('dist/training/x (going on from its checkpoint)');
});

test('tells training images left out for being scored on apart from files that cannot be used', () => {
  let text = '';
  const dataset = {
    ...start.dataset,
    skipped: Array(3).fill(start.dataset.skipped[0]),
    duplicatesLeftOut: 2,
  };
  new ConsoleProgress({ write: (part: string) => (text += part) }).onStart({ ...start, dataset });
  expect(text).toContain('1 files skipped');
  expect(text).toMatch(/2 training images left out.*--keep-duplicates/u);
});

test('without a terminal it writes a plain line every ten seconds and one for the epoch', () => {
  const lines = show(false).trimEnd().split('\n').slice(7);
  expect(lines).toEqual([
    // 5 of 20 steps at 2 s each: 30 s to go; 16 images a second.
    'epoch 1/2 5/10  16 images/s  ETA 30 s',
    'epoch 1/2 10/10  loss 1.500  accuracy 40.0 %  16 images/s  ETA 20 s',
    'epoch 1  loss 1.500  accuracy 40.0 %  | validation: loss 1.250  accuracy 50.0 %  macro-F1 0.450  | 123 images/s  8 s  best so far',
  ]);
});

test('on a terminal it redraws one line, and wipes it for the next whole line', () => {
  const text = show(true);
  expect(text.split('\r\u001B[2K')).toHaveLength(12);
  expect(text).toContain('████████████░░░░░░░░░░░░ 5/10');
  expect(text.endsWith('best so far\n')).toBe(true);
});
