import { compareSpeeds, type Measurement } from './compare-speeds.ts';

/** Gives the results one by one. */
const contender = (name: string, results: readonly Measurement[]) => {
  const left = [...results];
  return { name, measure: () => Promise.resolve(left.shift() as Measurement) };
};

const speeds = (...values: number[]): Measurement[] => values.map((imagesPerSecond) => ({ imagesPerSecond }));

describe('compareSpeeds', () => {
  test('lets all take turns, every second round backwards', async () => {
    const seen: string[] = [];
    const results = await compareSpeeds({
      contenders: [contender('a', speeds(1, 2, 3)), contender('b', speeds(10, 20, 30))],
      rounds: 3,
      onMeasure: (name, round) => seen.push(`${name}${round}`),
    });
    expect(seen).toEqual(['a1', 'b1', 'b2', 'a2', 'a3', 'b3']);
    expect(results).toEqual([
      { name: 'a', rounds: [1, 2, 3] },
      { name: 'b', rounds: [10, 20, 30] },
    ]);
  });

  test('does not try again what cannot be measured, and says why', async () => {
    const results = await compareSpeeds({
      contenders: [contender('a', [{ reason: 'no adapter' }]), contender('b', speeds(10, 20))],
      rounds: 2,
    });
    expect(results).toEqual([
      { name: 'a', rounds: [], reason: 'no adapter' },
      { name: 'b', rounds: [10, 20] },
    ]);
  });
});
