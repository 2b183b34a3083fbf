import type { OpaqueFrame } from '@mien/pixels';
import type { Candidate } from './candidates.ts';
import { coverBoxes } from './cover-boxes.ts';
import { lookAt } from './look-at.ts';
import { mergeCandidates } from './merge-candidates.ts';
import { intersectionOverUnion } from './overlap.ts';
import { planTiles, type Tile } from './plan-tiles.ts';
import type { Detector } from './run-detector.ts';

/**
 * How closely to look for faces: `none` at the whole frame alone, a number of times at halves of halves of it everywhere,
 * `auto` only where the look before saw something that may be a small face.
 */
export type Tiles = 'auto' | 'none' | number;

/** Below this share of a tile's side the detector guesses more than it sees; the next level sees it twice as large. */
const SMALL = 1 / 16;

/** What may be a small face, sure enough for a closer look. */
const HINT_CONFIDENCE = 0.35;

/** What that closer look takes in, too: small faces are rarely alone. */
const WEAK_HINT_CONFIDENCE = 0.2;

/** What a closer look may add by itself, as a share of its tile. Anything larger the look before would have seen. */
const LARGEST_NEW = 0.15;

/** What a closer look may correct: what the look before saw there. */
const SAME_FACE = 0.3;

/** Tiles of hints are at least this large, in pixels of the frame: magnified pixels show no more faces. */
const SMALLEST_TILE_PX = 256;

/** How often hints are followed, so that a large picture full of texture does not take seconds. */
const CLOSEST_LEVEL = 3;

/** How {@link findCandidates} looks. */
export interface Look {
  readonly detector: Detector;
  readonly minConfidence: number;
  readonly tiles: Tiles;
}

const shareOfTile = ({ box, tilePx }: Candidate): number => Math.max(box.widthPx, box.heightPx) / tilePx;

/** Picks the tiles that hold what may be small faces; none where nothing may be one. */
const tilesOfHints = (seen: readonly Candidate[], tiles: readonly Tile[]): Tile[] => {
  const hints = seen.filter((one) => one.confidence >= WEAK_HINT_CONFIDENCE && shareOfTile(one) < SMALL);
  if (!hints.some(({ confidence }) => confidence >= HINT_CONFIDENCE)) return [];
  return coverBoxes(
    mergeCandidates(hints).map(({ box }) => box),
    tiles,
  );
};

/** Picks the tiles of a level by what the level before saw; none where that was close enough. */
const tilesOfLevel = (
  frame: OpaqueFrame,
  level: number,
  seen: readonly Candidate[],
  tiles: Tiles,
): Tile[] => {
  if (tiles === 'none' || (tiles !== 'auto' && level > tiles)) return [];
  const all = planTiles(frame, level);
  if (tiles !== 'auto') return all;
  const isTooClose = level > CLOSEST_LEVEL || (all[0] as Tile).sidePx < SMALLEST_TILE_PX;
  return isTooClose ? [] : tilesOfHints(seen, all);
};

/**
 * Looks at a whole frame, and then more closely, level by level, at tiles of half the side each. A level hands over to
 * the next what is too small for it, and corrects or adds to what the one before saw, but does not overrule it on large
 * faces: magnified, much looks like one.
 *
 * @returns candidates of at least the given confidence; many for each face.
 */
export const findCandidates = async (frame: OpaqueFrame, look: Look): Promise<Candidate[]> => {
  const { detector, minConfidence, tiles } = look;
  const found: Candidate[] = [];
  let current = planTiles(frame, 0);
  for (let level = 0; current.length > 0; level++) {
    const seen = await lookAt(frame, current, {
      detector,
      minConfidence: Math.min(minConfidence, WEAK_HINT_CONFIDENCE),
    });
    const next = tilesOfLevel(frame, level + 1, seen, tiles);
    const coarser = [...found];
    for (const candidate of seen) {
      const share = shareOfTile(candidate);
      const isHandedOver = next.length > 0 && share < SMALL;
      const isNew = level === 0 || share <= LARGEST_NEW;
      const corrects = (other: Candidate): boolean =>
        intersectionOverUnion(candidate.box, other.box) >= SAME_FACE;
      if (candidate.confidence >= minConfidence && !isHandedOver && (isNew || coarser.some(corrects)))
        found.push(candidate);
    }
    current = next;
  }
  return found;
};
