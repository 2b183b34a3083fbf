import { createRandom } from '@mien/contract';
import { grayPicture, PIXELS, rowsOf } from './picture.test-support.ts';
import { rotatePicture } from './rotate-picture.ts';

test('rotatePicture turns by the whole angle, about as often to the left as to the right', () => {
  const picture = grayPicture(PIXELS);
  const firstRows = Array.from({ length: 400 }, (_, seed) =>
    rowsOf(rotatePicture(picture, 180, createRandom(seed)), 5)[0]?.join(','),
  );
  // Half a turn to either side is the same: the last row, read backwards.
  expect(new Set(firstRows)).toEqual(new Set(['200,190,180,17,160']));

  // The first pixel after 30° to the left and to the right, by scipy.ndimage.rotate (see move-picture.test.ts for 30).
  const corners = Array.from(
    { length: 400 },
    (_, seed) => rotatePicture(picture, 30, createRandom(seed))[0] as number,
  );
  const left = corners.filter((value) => value === 197).length;
  expect(new Set(corners).size).toBe(2);
  expect(Math.abs(left - 200)).toBeLessThan(50);
});
