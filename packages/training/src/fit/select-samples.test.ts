import { selectSamples } from './select-samples.ts';
import { tinySplit } from './train.test-support.ts';

test('takes the very split where all of it counts and fits', () => {
  const split = tinySplit(10, 1);
  expect(selectSamples(split, Infinity, 1)).toBe(split);
});

test('leaves out what does not count', () => {
  const split = { ...tinySplit(6, 1), scored: Uint8Array.of(1, 0, 1, 1, 0, 0) };
  const selected = selectSamples(split, Infinity, 1);
  expect(selected.sources).toEqual(['image 0', 'image 2', 'image 3']);
  expect([...selected.targets]).toEqual([1, 0, 1, 0, 0, 1]);
  expect([...selected.scored]).toEqual([1, 1, 1]);
  expect(selected.pixels.subarray(36, 72)).toEqual(split.pixels.slice(72, 108));
});

test('picks few of many by the seed, not from the front, each at most once', () => {
  const split = tinySplit(100, 1);
  const [first, again, other] = [7, 7, 8].map((seed) => selectSamples(split, 20, seed).sources);
  expect(first).toHaveLength(20);
  expect(new Set(first).size).toBe(20);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(first).not.toEqual(split.sources.slice(0, 20));
});

test('takes all where they have labels of their own, but spends a limit on those that count', () => {
  const scored = Uint8Array.of(1, 0, 0, 0, 0, 1);
  const split = { ...tinySplit(6, 1), scored, ownTargets: new Float32Array(12).fill(0.5) };
  expect(selectSamples(split, Infinity, 1)).toBe(split);
  expect(selectSamples(split, 2, 1).sources).toEqual(['image 0', 'image 5']);
});
