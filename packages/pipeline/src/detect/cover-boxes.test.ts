import { coverBoxes } from './cover-boxes.ts';
import { planTiles } from './plan-tiles.ts';

const tiles = planTiles({ widthPx: 1600, heightPx: 800 }, 1);
const box = (leftPx: number, topPx: number, sidePx = 40) => ({
  leftPx,
  topPx,
  widthPx: sidePx,
  heightPx: sidePx,
});

describe('coverBoxes', () => {
  test('needs no tile for nothing', () => {
    expect(coverBoxes([], tiles)).toEqual([]);
  });

  test('takes one tile for boxes that lie together, also where tiles overlap', () => {
    expect(coverBoxes([box(700, 300), box(750, 100), box(500, 500)], tiles)).toHaveLength(1);
  });

  test('takes a tile more for a box far from the others, and leaves the rest', () => {
    const picked = coverBoxes([box(30, 300), box(100, 10), box(1500, 700)], tiles);
    expect(picked).toEqual([tiles[0], tiles[2]]);
  });

  test('counts a box at the edge of the frame as whole, but not one at a cut', () => {
    expect(coverBoxes([box(-10, -10)], tiles)).toEqual([tiles[0]]);
    const [, second] = tiles;
    expect(coverBoxes([box((second?.leftPx ?? 0) + 410, 300)], tiles)).toEqual([second]);
  });

  test('gives up on a box that no tile holds', () => {
    expect(coverBoxes([box(100, 100, 900)], tiles)).toEqual([]);
  });
});
