import { placedFloats, placePixels } from './place-pixels.ts';

const size = { batch: 2, height: 2, width: 3, channels: 1 };
const pixels = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

/** The first image as placed, row by row. */
const place = (placement: Parameters<typeof placePixels>[2]): number[][] => {
  const target = new Float32Array(placedFloats(size, placement)).fill(99);
  placePixels(pixels, size, placement, target);
  return Array.from({ length: placement.height }, (_, y) => [
    ...target.subarray(y * placement.width, (y + 1) * placement.width),
  ]);
};

test('pixels are padded with zeros', () => {
  expect(place({ height: 4, width: 5, top: 1, left: 1, stepY: 1, stepX: 1 })).toEqual([
    [0, 0, 0, 0, 0],
    [0, 1, 2, 3, 0],
    [0, 4, 5, 6, 0],
    [0, 0, 0, 0, 0],
  ]);
});

test('pixels that fall outside are left out', () => {
  expect(place({ height: 2, width: 2, top: -1, left: -1, stepY: 1, stepX: 1 })).toEqual([
    [5, 6],
    [0, 0],
  ]);
});

test('pixels are spread out', () => {
  expect(place({ height: 4, width: 6, top: 1, left: 0, stepY: 2, stepX: 3 })).toEqual([
    [0, 0, 0, 0, 0, 0],
    [1, 0, 0, 2, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [4, 0, 0, 5, 0, 0],
  ]);
});

test('pixels that fit are copied as they are', () => {
  expect(place({ height: 2, width: 3, top: 0, left: 0, stepY: 1, stepX: 1 })).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});
