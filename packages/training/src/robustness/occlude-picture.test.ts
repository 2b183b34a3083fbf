import { createRandom } from '@mien/contract';
import { occludePicture, placeOccluder } from './occlude-picture.ts';
import { flatPicture } from './picture.test-support.ts';

const SIZE = { widthPx: 50, heightPx: 40 };
const OCCLUDER = { width: 0.5, height: 0.2 };

describe('placeOccluder', () => {
  const places = Array.from({ length: 900 }, (_, seed) => placeOccluder(OCCLUDER, SIZE, createRandom(seed)));

  test('has the asked size and lies inside the picture', () => {
    for (const { top, left, height, width } of places) {
      expect([height, width]).toEqual([8, 25]);
      expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
      expect(top + height).toBeLessThanOrEqual(40);
      expect(left + width).toBeLessThanOrEqual(50);
    }
  });

  test('lies over the eyes a third of the time, over the mouth another, else anywhere', () => {
    // Middles at 0.38 and 0.75 of 40 rows, less half of 8 rows; of the 33 places elsewhere each gets a share as well.
    const withTop = (row: number): number => places.filter(({ top }) => top === row).length;
    expect(Math.abs(withTop(11) - 309)).toBeLessThan(60);
    expect(Math.abs(withTop(26) - 309)).toBeLessThan(60);
    expect(new Set(places.map(({ top }) => top)).size).toBe(33);
  });

  test('stays within the middle of the face, where it lies over eyes or mouth', () => {
    const lefts = places.filter(({ top }) => top === 11).map(({ left }) => left);
    // 0.84 less the rectangle's 0.5 leave 0.34 of 50 columns: its left edge is at 12.5 ± 8.5, but for the few that lie
    // on these rows by chance.
    expect(lefts.filter((left) => left < 4 || left > 21).length).toBeLessThan(lefts.length / 20);
    expect(new Set(lefts).size).toBeGreaterThan(10);
  });
});

describe('occludePicture', () => {
  const picture = flatPicture(77, 40, 3);
  const covered = Array.from({ length: 300 }, (_, seed) =>
    occludePicture(picture, OCCLUDER, createRandom(seed)),
  );

  test('changes the rectangle and nothing else', () => {
    for (const [seed, bytes] of covered.entries()) {
      const { top, left, height, width } = placeOccluder(
        OCCLUDER,
        { widthPx: 40, heightPx: 40 },
        createRandom(seed),
      );
      const isInside = (at: number): boolean => {
        const [row, column] = [Math.floor(at / 120), Math.floor(at / 3) % 40];
        return row >= top && row < top + height && column >= left && column < left + width;
      };
      const outside = bytes.filter((_, at) => !isInside(at));
      const inside = bytes.filter((_, at) => isInside(at));
      expect(outside.every((value) => value === 77)).toBe(true);
      // Noise hits the old value once in 256.
      expect(inside.filter((value) => value === 77).length).toBeLessThan(inside.length / 50);
    }
  });

  test('fills with dark, with gray and with noise, each about a third of the time', () => {
    const fills = covered.map((bytes) => {
      const values = new Set(bytes.filter((value) => value !== 77));
      return values.size === 1 ? String([...values][0]) : 'noise';
    });
    for (const fill of ['24', '128', 'noise'])
      expect(Math.abs(fills.filter((each) => each === fill).length - 100)).toBeLessThan(35);
  });
});
