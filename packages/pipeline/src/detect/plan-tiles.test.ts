import { planTiles, type Tile } from './plan-tiles.ts';

const frame = (widthPx: number, heightPx: number) => ({ widthPx, heightPx });

const holds = ({ leftPx, topPx, sidePx }: Tile, left: number, top: number, side: number): boolean =>
  left >= leftPx && top >= topPx && left + side <= leftPx + sidePx && top + side <= topPx + sidePx;

describe('planTiles', () => {
  test.each([
    ['wide', frame(1920, 1080), { leftPx: 0, topPx: -420, sidePx: 1920 }],
    ['high', frame(300, 500), { leftPx: -100, topPx: 0, sidePx: 500 }],
  ])('puts a %s frame into the middle of one square at first, and nothing is cut', (_, size, square) => {
    const cuts = { left: false, top: false, right: false, bottom: false };
    expect(planTiles(size, 0)).toEqual([{ ...square, cuts }]);
  });

  test.each([
    [1920, 1280, 1, 6],
    [1920, 1280, 2, 20],
    [1920, 200, 1, 3],
    [7, 7, 1, 9],
  ])(
    'covers %i×%i px at level %i by %i tiles that hold every face of a quarter of their side whole',
    (w, h, level, count) => {
      const tiles = planTiles(frame(w, h), level);
      expect(tiles).toHaveLength(count);
      const [{ sidePx }] = tiles as [Tile];
      expect(sidePx).toBe(Math.max(w, h) / 2 ** level);
      const face = sidePx / 4;
      const steps = (length: number) =>
        Array.from({ length: 41 }, (_, step) => (step / 40) * (length - face));
      const missed = steps(h).flatMap((top) =>
        steps(w).filter((left) => !tiles.some((tile) => holds(tile, left, top, face - 1e-6))),
      );
      expect(missed).toEqual([]);
    },
  );

  test('says which sides of a tile cut the frame', () => {
    const [first, , , , , last] = planTiles(frame(1920, 1280), 1);
    expect(first?.cuts).toEqual({ left: false, top: false, right: true, bottom: true });
    expect(last?.cuts).toEqual({ left: true, top: true, right: false, bottom: false });
  });
});
