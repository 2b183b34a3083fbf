import { createRandom } from '@mien/contract';
import { drawErasing, eraseRectangle, type PixelRectangle } from './random-erasing.ts';
import { distanceFromUniform } from './uniformity.test-support.ts';

const SIZE = { heightPx: 48, widthPx: 64 };
const AREA = SIZE.heightPx * SIZE.widthPx;
const OPTIONS = { probability: 1, areaRange: [0.02, 0.2], aspectRange: [0.3, 3.3] } as const;

const draw = (options: typeof OPTIONS | (Omit<typeof OPTIONS, 'probability'> & { probability: number })) =>
  Array.from({ length: 2000 }, (_, seed) => drawErasing(options, SIZE, createRandom(seed)));

describe('random erasing', () => {
  test('draws rectangles of the asked area and shape, inside the picture', () => {
    const rectangles = draw(OPTIONS).filter((each): each is PixelRectangle => each !== null);
    expect(rectangles).toHaveLength(2000);
    const misfits = rectangles.filter(({ top, left, height, width }) => {
      const area = (height * width) / AREA;
      // Rounding to whole pixels moves the sides by half a pixel at most.
      const shaped = (height - 0.5) / (width + 0.5) <= 3.3 && (height + 0.5) / (width - 0.5) >= 0.3;
      const whole = [top, left, height, width].every((value) => Number.isInteger(value) && value >= 0);
      const inside = top + height <= SIZE.heightPx && left + width <= SIZE.widthPx;
      return !(area >= 0.02 && area <= 0.2 && shaped && whole && inside);
    });
    expect(misfits).toEqual([]);
    const areas = rectangles.map(({ height, width }) => (height * width) / AREA);
    expect(areas.reduce((sum, area) => sum + area, 0) / areas.length).toBeCloseTo(0.11, 1);
  });

  test.each([0, 0.25])('erases a share of %d of the pictures', (probability) => {
    const erased = draw({ ...OPTIONS, probability }).filter((each) => each !== null).length;
    expect(erased / 2000).toBeCloseTo(probability, 1);
    expect(erased === 0).toBe(probability === 0);
  });

  test('leaves the picture alone where no rectangle fits', () => {
    const options = { probability: 1, areaRange: [0.9, 0.9], aspectRange: [50, 50] } as const;
    expect(drawErasing(options, SIZE, createRandom(1))).toBeNull();
  });

  test('fills the rectangle with uniform noise and nothing else', () => {
    const pixels = new Float32Array(AREA * 3).fill(-1);
    const rectangle = { top: 5, left: 60, height: 40, width: 4 };
    eraseRectangle({ pixels, widthPx: SIZE.widthPx, channels: 3 }, rectangle, createRandom(2));
    const noise: number[] = [];
    const outside = new Set<number>();
    for (const [index, value] of pixels.entries()) {
      const row = Math.floor(index / 3 / SIZE.widthPx);
      const column = Math.floor(index / 3) % SIZE.widthPx;
      const inside = row >= 5 && row < 45 && column >= 60;
      if (inside) noise.push(value);
      else outside.add(value);
    }
    expect(outside).toEqual(new Set([-1]));
    expect(noise).toHaveLength(40 * 4 * 3);
    expect(distanceFromUniform(noise, 0, 255)).toBeLessThan(1.95);
  });
});
