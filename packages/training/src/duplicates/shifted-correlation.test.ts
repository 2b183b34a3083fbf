import { createRandom } from '@mien/contract';
import { shiftedCorrelation } from './shifted-correlation.ts';

const SIZE = 12;
const noise = (seed: number): Uint8Array => {
  const random = createRandom(seed);
  return Uint8Array.from({ length: SIZE * SIZE }, () => random.integer(256));
};

test.each([
  [0, 0],
  [3, 0],
  [-2, 1],
  [1, -4],
])('is one where the second is the first moved back (%d across, %d down)', (right, down) => {
  const first = noise(1);
  const other = noise(2);
  // What lies outside of the first is filled with something else.
  const second = Uint8Array.from({ length: SIZE * SIZE }, (_, at) => {
    const [x, y] = [(at % SIZE) + right, Math.floor(at / SIZE) + down];
    const isInside = x >= 0 && x < SIZE && y >= 0 && y < SIZE;
    return (isInside ? first[y * SIZE + x] : other[at]) as number;
  });
  expect(shiftedCorrelation(first, second, SIZE, { right, down })).toBeCloseTo(1, 10);
  expect(Math.abs(shiftedCorrelation(first, second, SIZE, { right: right + 1, down }))).toBeLessThan(0.5);
});

test('does not mind light and contrast, and is minus one for the negative', () => {
  const first = noise(4).map((value) => value >> 1);
  expect(
    shiftedCorrelation(
      first,
      first.map((value) => value + 90),
      SIZE,
      { right: 0, down: 0 },
    ),
  ).toBeCloseTo(1, 10);
  expect(
    shiftedCorrelation(
      first,
      first.map((value) => 255 - value),
      SIZE,
      { right: 0, down: 0 },
    ),
  ).toBeCloseTo(-1, 10);
});

test('is zero where one of them shows nothing', () => {
  expect(
    shiftedCorrelation(noise(1), new Uint8Array(SIZE * SIZE).fill(80), SIZE, { right: 0, down: 0 }),
  ).toBe(0);
});
