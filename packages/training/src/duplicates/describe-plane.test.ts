import { createRandom } from '@mien/contract';
import { describePlane, DESCRIPTOR_LENGTH, MIRROR_SIGNS } from './describe-plane.ts';

const SIZE = 48;

/** A picture made of the longest waves alone, and its pixels before they are rounded. */
const waves = (seed: number): Float64Array => {
  const random = createRandom(seed);
  const amounts = Array.from({ length: 16 }, () => random.uniform(-8, 8));
  return Float64Array.from({ length: SIZE * SIZE }, (_, at) => {
    const [x, y] = [at % SIZE, Math.floor(at / SIZE)];
    let value = 128;
    for (const [index, amount] of amounts.entries())
      value +=
        amount *
        Math.cos((Math.PI * (index % 4) * (x + 0.5)) / SIZE) *
        Math.cos((Math.PI * Math.floor(index / 4) * (y + 0.5)) / SIZE);
    return value;
  });
};
const bytes = (values: Float64Array): Uint8Array => Uint8Array.from(values, Math.round);

/** Pearson's correlation, by its definition. */
const correlation = (a: Float64Array, b: Float64Array): number => {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const products = (p: Float64Array, q: Float64Array, meanP: number, meanQ: number) =>
    p.reduce((sum, value, at) => sum + (value - meanP) * ((q[at] as number) - meanQ), 0);
  return (
    products(a, b, meanA, meanB) / Math.sqrt(products(a, a, meanA, meanA) * products(b, b, meanB, meanB))
  );
};

const squaredDistance = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + (value - (b[at] as number)) ** 2, 0);

test('its squared distance is two times one minus the correlation, for pictures of long waves', () => {
  for (let seed = 0; seed < 10; seed++) {
    const [a, b] = [waves(seed), waves(seed + 100)];
    const distance = squaredDistance(describePlane(bytes(a)), describePlane(bytes(b)));
    expect(distance).toBeCloseTo(2 * (1 - correlation(a, b)), 2);
  }
});

test('a mirrored picture has the same numbers with other signs', () => {
  const plane = bytes(waves(3));
  const mirrored = plane.map((_, at) => plane[at - (at % SIZE) + SIZE - 1 - (at % SIZE)] as number);
  const turned = describePlane(plane).map((value, at) => value * (MIRROR_SIGNS[at] as number));
  expect(squaredDistance(describePlane(mirrored), turned)).toBeLessThan(1e-9);
  expect(squaredDistance(describePlane(mirrored), describePlane(plane))).toBeGreaterThan(0.1);
});

test('has the length that it says, and length one', () => {
  const described = describePlane(bytes(waves(1)));
  expect(described).toHaveLength(DESCRIPTOR_LENGTH);
  expect(Math.hypot(...described)).toBeCloseTo(1, 6);
});

test('a picture of fine stripes alone has none of the waves', () => {
  const stripes = Uint8Array.from({ length: SIZE * SIZE }, (_, at) => (at % 2 === 0 ? 0 : 255));
  const plain = new Uint8Array(SIZE * SIZE).fill(7);
  expect([...describePlane(plain)].every((value) => value === 0 || Math.abs(value) <= 1)).toBe(true);
  expect(describePlane(stripes).every((value) => Number.isFinite(value))).toBe(true);
});
