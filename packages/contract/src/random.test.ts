import { createRandom, mixSeed, shuffled } from './random.ts';

const draw = (count: number, ...seed: number[]): number[] => {
  const random = createRandom(...seed);
  return Array.from({ length: count }, () => random.next());
};

test('the same seed parts give the same stream, any other part gives another', () => {
  expect(draw(5, 1, 2, 3)).toEqual(draw(5, 1, 2, 3));
  const streams = [draw(1, 1, 2, 3), draw(1, 1, 2, 4), draw(1, 1, 3, 2), draw(1, 1, 2), draw(1, 1, 2, 3, 0)];
  expect(new Set(streams.map(String)).size).toBe(streams.length);
});

test('mixed seeds of neighbouring integers do not collide', () => {
  const seeds = new Set<number>();
  for (let a = 0; a < 200; a++) for (let b = 0; b < 200; b++) seeds.add(mixSeed(a, b));
  // 40,000 draws from 2^32: about 0.19 collisions are expected.
  expect(seeds.size).toBeGreaterThan(39_990);
});

test('uniform numbers have the mean and spread of their distribution', () => {
  const values = draw(20_000, 5);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(mean).toBeCloseTo(0.5, 1);
  expect(variance).toBeCloseTo(1 / 12, 2);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
});

test('normal numbers have mean 0 and variance 1', () => {
  const random = createRandom(6);
  const values = Array.from({ length: 20_000 }, () => random.normal());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(variance - 1)).toBeLessThan(0.05);
});

test('integers cover their range evenly, and chances come true as often as they should', () => {
  const random = createRandom(7);
  const counts = [0, 0, 0, 0, 0];
  for (let i = 0; i < 10_000; i++) counts[random.integer(5)]!++;
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  const hits = Array.from({ length: 10_000 }, () => random.chance(0.3)).filter(Boolean).length;
  expect(Math.abs(hits - 3000)).toBeLessThan(200);
});

test('shuffling keeps every item, changes the order and leaves the original alone', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const result = shuffled(items, createRandom(8));
  expect(result).not.toEqual(items);
  expect(result.toSorted((a, b) => a - b)).toEqual(items);
  expect(items[0]).toBe(0);
});
