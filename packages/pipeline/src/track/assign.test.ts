import { createRandom } from '@mien/contract';
import { assign } from './assign.ts';

/** The least sum over every way to give each row (or column, where those are fewer) one of its own. */
const leastSum = (costs: readonly (readonly number[])[], taken: ReadonlySet<number> = new Set()): number => {
  const [row, ...rest] = costs;
  if (row === undefined) return 0;
  return Math.min(
    ...row.map((cost, column) =>
      taken.has(column) ? Infinity : cost + leastSum(rest, new Set([...taken, column])),
    ),
  );
};

describe('assign', () => {
  test('takes a dearer pair where that makes the sum smaller', () => {
    // Greedy would take 1 and be left with 100.
    expect(
      assign([
        [1, 2],
        [3, 100],
      ]),
    ).toEqual([1, 0]);
  });

  test('is as cheap as the cheapest of all ways, on random costs of every shape up to 6 × 6', () => {
    const random = createRandom(7);
    for (let trial = 0; trial < 300; trial++) {
      const rows = 1 + random.integer(6);
      const columns = 1 + random.integer(6);
      // Few different values, so that there are ties.
      const costs = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => random.integer(trial % 2 === 0 ? 8 : 1000) - 3),
      );
      const result = assign(costs);
      const used = result.filter((column) => column >= 0);
      expect(used.length).toBe(Math.min(rows, columns));
      expect(new Set(used).size).toBe(used.length);
      const sum = result.reduce((total, column, row) => total + (costs[row]?.[column] ?? 0), 0);
      const flipped = Array.from({ length: columns }, (_, column) => costs.map((row) => row[column] ?? 0));
      expect(sum).toBe(leastSum(rows <= columns ? costs : flipped));
    }
  });

  test.each([
    ['no rows', [], []],
    ['no columns', [[], []], [-1, -1]],
  ])('gives nothing for %s', (_, costs, expected) => {
    expect(assign(costs)).toEqual(expected);
  });
});
