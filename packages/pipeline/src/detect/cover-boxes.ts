import type { BoundingBox } from './detected-face.ts';
import type { Tile } from './plan-tiles.ts';

/** How much of a box's own size a tile must hold around it, that it may turn out larger and somewhere else. */
const MARGIN = 0.5;

const holds = ({ leftPx, topPx, sidePx, cuts }: Tile, box: BoundingBox): boolean => {
  const [acrossPx, downPx] = [MARGIN * box.widthPx, MARGIN * box.heightPx];
  return (
    (!cuts.left || box.leftPx - acrossPx >= leftPx) &&
    (!cuts.top || box.topPx - downPx >= topPx) &&
    (!cuts.right || box.leftPx + box.widthPx + acrossPx <= leftPx + sidePx) &&
    (!cuts.bottom || box.topPx + box.heightPx + downPx <= topPx + sidePx)
  );
};

/** Picks tiles until each box is whole in one of them: each time the one that holds most of those left. */
export const coverBoxes = (boxes: readonly BoundingBox[], tiles: readonly Tile[]): Tile[] => {
  let left = boxes;
  const picked: Tile[] = [];
  while (left.length > 0) {
    const counts = tiles.map((tile) => left.filter((box) => holds(tile, box)).length);
    const most = Math.max(0, ...counts);
    if (most === 0) break;
    const tile = tiles[counts.indexOf(most)] as Tile;
    picked.push(tile);
    left = left.filter((box) => !holds(tile, box));
  }
  return picked;
};
