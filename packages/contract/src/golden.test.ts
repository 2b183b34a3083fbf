import { checkGolden, goldenInput, GoldenMismatchError } from './golden.ts';
import { validCard } from './model-card.test-support.ts';

test('the golden input is bytes as floats, the same for the same seed, another for another', () => {
  const card = validCard();
  const input = goldenInput(card);
  expect(input).toHaveLength(4);
  expect(input.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)).toBe(true);
  expect(goldenInput(card)).toEqual(input);
  expect(goldenInput({ ...card, golden: { ...card.golden, seed: 8 } })).not.toEqual(input);
});

test('the golden input is pinned: cards written today must hold tomorrow', () => {
  expect([...goldenInput(validCard())]).toEqual([65, 251, 206, 112]);
});

test('outputs within tolerance pass and give their largest difference', () => {
  expect(checkGolden(validCard(), [0.25005, 0.75])).toBeCloseTo(5e-5, 8);
});

test.each([
  ['a value off by more', [0.2503, 0.75]],
  ['a value that is not a number', [NaN, 0.75]],
  ['too few values', [0.25]],
  ['too many values', [0.25, 0.75, 0]],
])('refuses %s', (_, outputs) => {
  expect(() => checkGolden(validCard(), outputs)).toThrow(GoldenMismatchError);
});
