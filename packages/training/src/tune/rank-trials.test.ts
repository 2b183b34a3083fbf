import { compareRecords } from './metric.ts';
import { rankAtRung } from './rank-trials.ts';
import { epochOf, stateOf } from './search-state.test-support.ts';

const numbers = (states: ReturnType<typeof rankAtRung>): number[] => states.map(({ trial }) => trial.number);

test('the better trials go on first, each judged by its best epoch so far', () => {
  const states = [stateOf(1, [0.2, 0.3, 0.4]), stateOf(2, [0.2, 0.6, 0.3]), stateOf(3, [0.5, 0.5, 0.5])];
  expect(numbers(rankAtRung(states, 3, 'accuracy'))).toEqual([2, 3, 1]);
});

test('a trial that went on since is judged as it was then', () => {
  const states = [stateOf(1, [0.1, 0.2, 0.3, 0.9, 0.9]), stateOf(2, [0.1, 0.2, 0.4])];
  expect(numbers(rankAtRung(states, 3, 'accuracy'))).toEqual([2, 1]);
  expect(numbers(rankAtRung(states, 5, 'accuracy'))).toEqual([1]);
});

test('one that broke later was good enough then; one that broke before was not', () => {
  const failure = { kind: 'diverged', message: 'NaN' } as const;
  const states = [
    stateOf(1, [0.9, 0.9], { failure }),
    stateOf(2, [0.8, 0.8, 0.8], { failure }),
    stateOf(3, [0.1, 0.1, 0.1]),
  ];
  expect(numbers(rankAtRung(states, 3, 'accuracy'))).toEqual([2, 3]);
});

test('one whose recipe ended it early has reached every rung', () => {
  const states = [stateOf(1, [0.5, 0.4, 0.4], { patience: 2 }), stateOf(2, [0.1, 0.1, 0.1])];
  expect(numbers(rankAtRung(states, 9, 'accuracy'))).toEqual([1]);
});

test('equals go in the order of loss, then of their numbers', () => {
  const states = [stateOf(2, [0.5]), stateOf(1, [0.5]), stateOf(3, [0.5])];
  const [, , third] = states;
  const better = {
    ...third!,
    progress: { ...third!.progress, history: [epochOf(1, 0.5, { validationLoss: 0.1 })] },
  };
  expect(numbers(rankAtRung([states[0]!, states[1]!, better], 1, 'accuracy'))).toEqual([3, 1, 2]);
});

test.each([
  ['accuracy', { validationAccuracy: 0.6, validationLoss: 9 }],
  ['macro-f1', { validationMacroF1: 0.6, validationLoss: 9 }],
  ['loss', { validationLoss: 0.1, validationAccuracy: 0 }],
] as const)('%s ranks by itself', (metric, better) => {
  const plain = epochOf(1, 0.5);
  expect(compareRecords({ ...plain, ...better }, plain, metric)).toBeLessThan(0);
  expect(compareRecords(plain, { ...plain, ...better }, metric)).toBeGreaterThan(0);
});
