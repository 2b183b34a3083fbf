import type { OpaqueFrame } from '@mien/pixels';
import type { Candidate } from './candidates.ts';
import { coverBoxes } from './cover-boxes.ts';
import { lookAt } from './look-at.ts';
import { mergeCandidates, SAME_FACE } from './merge-candidates.ts';
import { intersectionOverUnion } from './overlap.ts';
import { planTiles, type Tile } from './plan-tiles.ts';
import type { Detector } from './run-detector.ts';

/**
 * How closely to look for faces: `none` at the whole frame alone, a number of times at halves of halves of it everywhere,
 * `auto` only where the look before saw something that may be a small face.
 */
export type Tiles = 'auto' | 'none' | number;

// Shares and confidences are chosen on the photographs of test-fixtures, as they are and small in larger frames: with
// them, `npx nx run tools:faces` finds nearly all faces and takes next to nothing else for one.

/** Below this share of a tile's side the detector guesses more than it sees; the next level sees it twice as large. */
const SMALL = 1 / 16;

/** What may be a small face, sure enough for a closer look. */
const HINT_CONFIDENCE = 0.35;

/** What that closer look takes in, too: small faces are rarely alone. */
const WEAK_HINT_CONFIDENCE = 0.2;

/** What a closer look may add by itself, as a share of its tile. Anything larger the look before would have seen. */
const LARGEST_NEW = 0.15;

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
  const hints = seen.filter((one) => shareOfTile(one) < SMALL);
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

/** True for what a look may say: what is small enough to have been missed before, or corrects what was seen. */
const isNewOrCorrects = (candidate: Candidate, level: number, coarser: readonly Candidate[]): boolean =>
  level === 0 ||
  shareOfTile(candidate) <= LARGEST_NEW ||
  coarser.some(({ box }) => intersectionOverUnion(box, candidate.box) >= SAME_FACE);

/**
 * Looks at a whole frame, and then more closely, level by level, at tiles of half the side each. A level hands over to
 * the next what is too small for it, and corrects or adds to what the one before saw, but does not overrule it on large
 * faces: magnified, much looks like one.
 *
 * @returns candidates of at least the given confidence; many for each face.
 */
export const findCandidates = async (frame: OpaqueFrame, look: Look): Promise<Candidate[]> => {
  const { detector, minConfidence, tiles } = look;
  const atLeast = Math.min(minConfidence, WEAK_HINT_CONFIDENCE);
  let found: Candidate[] = [];
  let current = planTiles(frame, 0);
  for (let level = 0; current.length > 0; level++) {
    const seen = await lookAt(frame, current, { detector, minConfidence: atLeast });
    const next = tilesOfLevel(frame, level + 1, seen, tiles);
    const coarser = found;
    const added = seen.filter(
      (candidate) =>
        candidate.confidence >= minConfidence &&
        (next.length === 0 || shareOfTile(candidate) >= SMALL) &&
        isNewOrCorrects(candidate, level, coarser),
    );
    found = [...coarser, ...added];
    current = next;
  }
  return found;
};
