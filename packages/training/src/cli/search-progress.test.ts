import type { RunStart } from '../fit/fit-observer.ts';
import { epochOf, searchOf, stateOf } from '../tune/search-state.test-support.ts';
import { SearchProgress } from './search-progress.ts';

const start = {
  dataset: {
    name: 'faces',
    labels: ['a', 'b'],
    train: { count: 80 },
    validation: { count: 20 },
    skipped: [],
  },
  backend: { description: 'plain JavaScript', reasons: ['wasm: broken'] },
  architecture: 'residual',
  parameters: 1_234_567,
} as unknown as RunStart;

const failure = { kind: 'diverged', message: 'the loss was NaN' } as const;

/** The first rung's two trials, three epochs of one step each, 20 seconds a step; the second one breaks. */
const show = (isTTY: boolean): string => {
  let text = '';
  let now = 0;
  const progress = new SearchProgress(
    { write: (part: string) => (text += part), isTTY, columns: 200 },
    () => now,
  );
  const search = searchOf([stateOf(1, [0.5, 0.6, 0.5]), stateOf(2, [], { failure })]);
  progress.onPlan({ ...search, epochsDone: 3 });
  for (const trial of search.trials) {
    progress.onTurn({ trial, rung: 0 });
    progress.onDataset({ done: 100, total: 100, what: 'decoding images' });
    progress.onStart(start);
    for (let epoch = 1; epoch <= 3; epoch++) {
      now += 20_000;
      progress.onStep({
        epoch,
        epochs: 9,
        step: 1,
        stepsPerEpoch: 1,
        batchSize: 4,
        loss: 1.5,
        accuracy: 0.5,
        learningRate: 1,
      });
      progress.onEpoch(epochOf(epoch, 0.5, { seconds: 20 }));
    }
    progress.onState(search, { trial, rung: 0 });
  }
  return text;
};

test('without a terminal, each turn is a line, with a line about the trial in progress now and then', () => {
  expect(show(false)).toBe(`\
Search    2 trials, ranked by accuracy on the validation images: 2 × 3 epochs → 1 × 9 epochs
Space     learningRate (lr) 0.001..1:log
Folder    dist/tune/x (going on; 3 epochs are done)
decoding images: 100 of 100
Data      faces: 80 for training, 20 for validation; 2 classes (a, b)
Model     residual, 1,234,567 parameters
Backend   plain JavaScript
          wasm: broken
rung 1/2  trial 1/2  epoch 1/3 1/1  loss 1.500
rung 1/2  trial 1/2  epoch 2/3 1/1  loss 1.500  ETA 2:40
rung 1/2  trial 1/2  epoch 3/3 1/1  loss 1.500  ETA 2:20
rung 1/2  trial 1/2  3 epochs  accuracy 60.0 % (50.2–69.1)  macro-F1 0.550  loss 1.400  lr 0.01  1:00  first
rung 1/2  trial 2/2  epoch 1/3 1/1  loss 1.500  ETA 2:00
rung 1/2  trial 2/2  epoch 2/3 1/1  loss 1.500  ETA 1:40
rung 1/2  trial 2/2  epoch 3/3 1/1  loss 1.500  ETA 1:20
rung 1/2  trial 2/2  0 epochs  diverged: the loss was NaN  lr 0.02  1:00
`);
});

test('a terminal shows a bar over the epochs of the rung, which each turn’s line replaces', () => {
  const text = show(true);
  expect(text).toContain('epoch 1/3 █████░░░░░░░░░░░ 1/1');
  expect(text).toContain('\r\u001B[2Krung 1/2  trial 1/2  3 epochs');
});
