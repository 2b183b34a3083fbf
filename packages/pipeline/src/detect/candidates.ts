import { CANDIDATE_FIELDS } from '@mien/contract';
import type { BoundingBox, DetectedFace, FaceLandmarks, Point } from './detected-face.ts';
import type { Tile } from './plan-tiles.ts';

/** A place where the detector may have seen a face. Many of them name the same one. */
export interface Candidate extends DetectedFace {
  /** The side of the tile that it was seen in, in pixels of the frame. */
  readonly tilePx: number;
}

const FIELDS = CANDIDATE_FIELDS.length;

/** How far a box may reach over a tile's side where that cuts the frame, as a share of the tile. */
const CUT_TOLERANCE = 0.02;

/** Reads one row, in pixels of the frame. */
const candidateAt = (row: Float32Array, { leftPx, topPx, sidePx }: Tile): Candidate => {
  const x = (field: number): number => leftPx + sidePx * (row[field] as number);
  const y = (field: number): number => topPx + sidePx * (row[field] as number);
  const point = (field: number): Point => ({ xPx: x(field), yPx: y(field + 1) });
  const [widthPx, heightPx] = [sidePx * (row[3] as number), sidePx * (row[4] as number)];
  const landmarks: FaceLandmarks = {
    rightEye: point(5),
    leftEye: point(7),
    noseTip: point(9),
    mouth: point(11),
    rightEar: point(13),
    leftEar: point(15),
  };
  return {
    box: { leftPx: x(1) - widthPx / 2, topPx: y(2) - heightPx / 2, widthPx, heightPx },
    landmarks,
    confidence: row[0] as number,
    tilePx: sidePx,
  };
};

/** True where a tile's side cuts through a box: another tile sees that face whole. */
const isCut = (box: BoundingBox, { leftPx, topPx, sidePx, cuts }: Tile): boolean => {
  const slack = CUT_TOLERANCE * sidePx;
  return (
    (cuts.left && box.leftPx < leftPx - slack) ||
    (cuts.top && box.topPx < topPx - slack) ||
    (cuts.right && box.leftPx + box.widthPx > leftPx + sidePx + slack) ||
    (cuts.bottom && box.topPx + box.heightPx > topPx + sidePx + slack)
  );
};

/**
 * Reads what the detector gave for one tile.
 *
 * @param numbers `[candidates, fields]`.
 * @returns those of at least the given confidence that have a size and that the tile holds whole.
 */
export const readCandidates = (numbers: Float32Array, tile: Tile, minConfidence: number): Candidate[] => {
  const found: Candidate[] = [];
  for (let start = 0; start < numbers.length; start += FIELDS) {
    if (!((numbers[start] as number) >= minConfidence)) continue;
    const candidate = candidateAt(numbers.subarray(start, start + FIELDS), tile);
    const { box } = candidate;
    if (box.widthPx > 0 && box.heightPx > 0 && !isCut(box, tile)) found.push(candidate);
  }
  return found;
};
