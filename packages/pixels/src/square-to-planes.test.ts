import { createRandom } from '@mien/contract';
import { resizePlane, squareToPlanes, toOpaqueFrame, type OpaqueFrame, type Square } from './index.ts';

const noise = (widthPx: number, heightPx: number): OpaqueFrame => {
  const random = createRandom(5, widthPx, heightPx);
  const rgba = Uint8Array.from({ length: widthPx * heightPx * 4 }, (_, index) =>
    index % 4 === 3 ? 255 : random.integer(256),
  );
  return toOpaqueFrame({ widthPx, heightPx, rgba });
};

const cut = (frame: OpaqueFrame, square: Square, sizePx: number): number[][] => {
  const planes = new Float32Array(3 * sizePx * sizePx);
  squareToPlanes(frame, square, sizePx, planes);
  const area = sizePx * sizePx;
  return [0, 1, 2].map((channel) => Array.from(planes.subarray(channel * area, (channel + 1) * area)));
};

/** The same by resizing each colour of the square's pixels as planes. */
const resized = (frame: OpaqueFrame, square: Square, sizePx: number): number[][] => {
  const { leftPx, topPx, sidePx } = square;
  return [0, 8, 16].map((shift) => {
    const values = Float64Array.from({ length: sidePx * sidePx }, (_, index) => {
      const [x, y] = [leftPx + (index % sidePx), topPx + Math.floor(index / sidePx)];
      return ((frame.pixels[y * frame.widthPx + x] as number) >>> shift) & 0xff;
    });
    const size = { widthPx: sizePx, heightPx: sizePx };
    return Array.from(resizePlane({ widthPx: sidePx, heightPx: sidePx, values }, size).values);
  });
};

const largestDifference = (ones: number[][], others: number[][]): number =>
  Math.max(
    ...ones.flatMap((one, plane) => one.map((value, at) => Math.abs(value - (others[plane]?.[at] ?? NaN)))),
  );

describe('squareToPlanes', () => {
  test.each<[string, Square, number]>([
    ['to a whole fraction', { leftPx: 0, topPx: 0, sidePx: 40 }, 10],
    ['to a size that does not divide it', { leftPx: 3, topPx: 1, sidePx: 37 }, 16],
    ['by little', { leftPx: 9, topPx: 0, sidePx: 41 }, 40],
    ['to one pixel', { leftPx: 2, topPx: 2, sidePx: 30 }, 1],
    ['not at all', { leftPx: 5, topPx: 6, sidePx: 20 }, 20],
  ])('averages over areas like resizePlane: shrunk %s', (_, square, sizePx) => {
    const frame = noise(50, 42);
    expect(largestDifference(cut(frame, square, sizePx), resized(frame, square, sizePx))).toBeLessThan(1e-4);
  });

  test('interpolates linearly where it grows: half a pixel away is half of each', () => {
    const rgba = Uint8Array.from([0, 100, 200].flatMap((red) => [red, 0, 0, 255]));
    const row = toOpaqueFrame({
      widthPx: 3,
      heightPx: 3,
      rgba: Uint8Array.from([...rgba, ...rgba, ...rgba]),
    });
    const [red] = cut(row, { leftPx: 0.5, topPx: 0.5, sidePx: 2 }, 4);
    expect(red?.slice(4, 8)).toEqual([25, 75, 125, 175]);
  });

  test('is black outside the frame, and shares pixels that lie half outside', () => {
    const white = toOpaqueFrame({ widthPx: 4, heightPx: 4, rgba: new Uint8Array(64).fill(255) });
    const [, green] = cut(white, { leftPx: -3, topPx: -4, sidePx: 8 }, 4);
    expect(green).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 127.5, 255, 127.5, 0, 127.5, 255, 127.5]);
    const [red] = cut(white, { leftPx: 10, topPx: -20, sidePx: 3 }, 2);
    expect(red).toEqual([0, 0, 0, 0]);
  });

  test('keeps the brightness of a picture that is shrunk a thousandfold', () => {
    const white = toOpaqueFrame({ widthPx: 3000, heightPx: 3, rgba: new Uint8Array(36_000).fill(255) });
    const [, , blue] = cut(white, { leftPx: 0, topPx: -1498.5, sidePx: 3000 }, 3);
    expect(blue?.[4]).toBeCloseTo((255 * 3) / 1000, 4);
  });

  test('writes at the start of what it is given and nowhere else', () => {
    const planes = new Float32Array(14).fill(-1);
    squareToPlanes(noise(4, 4), { leftPx: 0, topPx: 0, sidePx: 4 }, 2, planes);
    expect([...planes.subarray(12)]).toEqual([-1, -1]);
    expect(planes.subarray(0, 12).every((value) => value >= 0)).toBe(true);
  });
});
