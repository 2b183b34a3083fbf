import { createRandom } from '@mien/contract';
import type { Picture } from './corruption.ts';
import { jitterCrop } from './jitter-crop.ts';
import { moments } from './picture.test-support.ts';

const WIDTH = 100;
const HEIGHT = 50;

/** Gray by distance along one axis: where the ramp stands tells how it was moved. */
const ramp = (along: 'row' | 'column'): Picture => ({
  pixels: Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
    along === 'column' ? (at % WIDTH) * 2 : Math.floor(at / WIDTH) * 4,
  ),
  geometry: { widthPx: WIDTH, heightPx: HEIGHT, channels: 1 },
});

/** The shift and the scale that one seed draws, read off two ramps near the middle. */
const drawn = (seed: number): { right: number; down: number; scale: number } => {
  const jitter = { shift: 0.1, scale: 1.25 };
  const columns = jitterCrop(ramp('column'), jitter, createRandom(seed));
  const rows = jitterCrop(ramp('row'), jitter, createRandom(seed));
  const at = (bytes: Uint8Array, row: number, column: number) => bytes[row * WIDTH + column] as number;
  const scale = 40 / ((at(columns, 25, 70) - at(columns, 25, 30)) / 2);
  const right = 49.5 - (at(columns, 25, 49) + at(columns, 25, 50)) / 4;
  const down = 24.5 - (at(rows, 24, 50) + at(rows, 25, 50)) / 8;
  return { right: right * scale, down: down * scale, scale };
};

describe('jitterCrop', () => {
  const draws = Array.from({ length: 200 }, (_, seed) => drawn(seed));

  test('shifts by the whole share of width and height, in every direction', () => {
    // Readings are good to a gray level: half a column, a quarter of a row.
    const lengths = draws.map(({ right, down }) => Math.hypot(right / (0.1 * WIDTH), down / (0.1 * HEIGHT)));
    expect(Math.min(...lengths)).toBeGreaterThan(0.9);
    expect(Math.max(...lengths)).toBeLessThan(1.1);
    const quadrants = new Set(draws.map(({ right, down }) => `${Math.sign(right)},${Math.sign(down)}`));
    expect(quadrants.size).toBeGreaterThanOrEqual(4);
    expect(Math.abs(moments(draws.map(({ right }) => right)).mean)).toBeLessThan(2);
  });

  test('enlarges and shrinks by the factor, about equally often', () => {
    const larger = draws.filter(({ scale }) => Math.abs(scale - 1.25) < 0.05).length;
    const smaller = draws.filter(({ scale }) => Math.abs(scale - 0.8) < 0.05).length;
    expect(larger + smaller).toBe(200);
    expect(Math.abs(larger - 100)).toBeLessThan(35);
  });
});
