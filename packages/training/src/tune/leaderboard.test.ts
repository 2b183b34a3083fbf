import { rankLeaderboard } from './leaderboard.ts';
import { stateOf } from './search-state.test-support.ts';

const rungs = [
  { epochs: 3, trials: 5 },
  { epochs: 9, trials: 1 },
];
const nine = (accuracy: number): number[] => Array.from({ length: 9 }, () => accuracy);
const rank = (states: Parameters<typeof rankLeaderboard>[0]['states'], validationImages = 100) =>
  rankLeaderboard({ states, rungs, metric: 'accuracy', validationImages });

test('longer trials come first, then better ones, then those on their way, broken and waiting ones last', () => {
  const failure = { kind: 'diverged', message: 'the loss was NaN' } as const;
  const rows = rank([
    stateOf(1, []),
    stateOf(2, [0.3], { failure }),
    stateOf(3, [0.9, 0.9, 0.9]),
    stateOf(4, nine(0.8)),
    stateOf(5, [0.95]),
    stateOf(6, [0.7, 0.92, 0.7, 0.99]),
  ]);
  expect(rows.map(({ trial, rank: place, status, epochs }) => [trial, place, status, epochs])).toEqual([
    [4, 1, 'finished', 9],
    [6, 2, 'stopped', 3],
    [3, 3, 'stopped', 3],
    [5, 4, 'stopped', 1],
    [2, undefined, 'diverged', 1],
    [1, undefined, 'waiting', 0],
  ]);
  expect(rows[1]?.figures).toMatchObject({ score: 0.92, epoch: 2 });
  expect(rows[4]).toMatchObject({ figures: undefined, failure: 'the loss was NaN' });
});

// Wilson 1927: 80 of 100 has the 95 % interval 0.7112 to 0.8666 (Newcombe 1998, and R's prop.test without correction).
test('trials within the best one’s interval after as many epochs are marked as too close to call', () => {
  const rows = rank([
    stateOf(1, nine(0.8)),
    stateOf(2, nine(0.72)),
    stateOf(3, nine(0.71)),
    stateOf(4, [0.79, 0.79, 0.79]),
  ]);
  expect(rows[0]?.figures?.accuracyInterval95[0]).toBeCloseTo(0.7112, 4);
  expect(rows[0]?.figures?.accuracyInterval95[1]).toBeCloseTo(0.8666, 4);
  expect(rows.map(({ trial, isTied }) => [trial, isTied])).toEqual([
    [1, false],
    [2, true],
    [3, false],
    [4, false],
  ]);
});

test('more images tell smaller differences apart', () => {
  const states = [stateOf(1, nine(0.8)), stateOf(2, nine(0.78))];
  expect(rank(states, 100)[1]?.isTied).toBe(true);
  expect(rank(states, 10_000)[1]?.isTied).toBe(false);
});
