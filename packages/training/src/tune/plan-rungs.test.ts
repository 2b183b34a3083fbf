import { InvalidSpaceError } from './invalid-space-error.ts';
import { planRungs, type RungParams } from './plan-rungs.ts';

const plan = (given: Partial<RungParams>) =>
  planRungs({ method: 'halving', trials: 16, epochs: 27, factor: 3, minEpochs: 1, ...given }).map(
    ({ trials, epochs }) => [trials, epochs],
  );

// Table 1 of Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar: Hyperband, JMLR 18 (2018), R = 81 and η = 3.
test.each([
  [
    81,
    [
      [81, 1],
      [27, 3],
      [9, 9],
      [3, 27],
      [1, 81],
    ],
  ],
  [
    34,
    [
      [34, 3],
      [11, 9],
      [3, 27],
      [1, 81],
    ],
  ],
  [
    15,
    [
      [15, 9],
      [5, 27],
      [1, 81],
    ],
  ],
  [
    8,
    [
      [8, 27],
      [2, 81],
    ],
  ],
])('%d trials are spent as a bracket of Hyperband spends them', (trials, expected) => {
  expect(plan({ trials, epochs: 81 })).toEqual(expected);
});

test('the defaults are 16 trials in three rungs', () => {
  expect(plan({})).toEqual([
    [16, 3],
    [5, 9],
    [1, 27],
  ]);
});

test('the first rung is no shorter than asked for', () => {
  expect(plan({ minEpochs: 4 })).toEqual([
    [16, 9],
    [5, 27],
  ]);
  expect(plan({ minEpochs: 10 })).toEqual([[16, 27]]);
  expect(plan({ minEpochs: 100 })).toEqual([[16, 27]]);
});

test('random search trains all trials to the end', () => {
  expect(plan({ method: 'random' })).toEqual([[16, 27]]);
});

test('whatever is asked for, epochs grow, trials fall, and the last rung is a whole run', () => {
  for (const trials of [1, 2, 3, 5, 16, 27, 100])
    for (const epochs of [1, 2, 3, 10, 27, 60, 100])
      for (const factor of [1.5, 2, 3, 4]) {
        const rungs = planRungs({ method: 'halving', trials, epochs, factor, minEpochs: 1 });
        expect(rungs[0]?.trials).toBe(trials);
        expect(rungs.at(-1)?.epochs).toBe(epochs);
        for (const [index, rung] of rungs.entries()) {
          expect(rung.trials).toBeGreaterThanOrEqual(1);
          const before = rungs[index - 1];
          if (before !== undefined) {
            expect(rung.epochs).toBeGreaterThan(before.epochs);
            expect(rung.trials).toBeLessThanOrEqual(before.trials);
          }
        }
      }
});

test.each<[string, Partial<RungParams>]>([
  ['trials', { trials: 0 }],
  ['epochs', { epochs: 1.5 }],
  ['minEpochs', { minEpochs: 0 }],
  ['factor', { factor: 1 }],
])('refuses %s out of range', (name, given) => {
  expect(() => plan(given)).toThrow(InvalidSpaceError);
  expect(() => plan(given)).toThrow(expect.objectContaining({ part: name }));
});
