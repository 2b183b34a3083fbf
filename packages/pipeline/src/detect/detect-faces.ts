import { squareToPlanes, toOpaqueFrame, type Frame, type OpaqueFrame } from '@mien/pixels';
import { readCandidates, type Candidate } from './candidates.ts';
import type { DetectedFace } from './detected-face.ts';
import { mergeCandidates } from './merge-candidates.ts';
import { planTiles, type Tile } from './plan-tiles.ts';
import { CANDIDATE_FIELDS } from '@mien/contract';
import { runDetector, type Detector } from './run-detector.ts';

/** How closely to look for faces. */
export type Tiles = 'auto' | 'none' | number;

/** What {@link detectFaces} can be told. */
export interface DetectFacesParams {
  readonly frame: Frame;
  readonly detector: Detector;
  /** How sure the detector must be of a face, in (0, 1). */
  readonly minConfidence?: number;
  /** How many faces to give at most, the largest first. */
  readonly maxFaces?: number;
  readonly tiles?: Tiles;
}

/** Tiles that go through the graph together. */
const BATCH = 4;

const lookAt = async (
  frame: OpaqueFrame,
  tiles: readonly Tile[],
  detector: Detector,
  minConfidence: number,
): Promise<Candidate[]> => {
  const { widthPx: sidePx } = detector.card.input;
  const found: Candidate[] = [];
  for (let start = 0; start < tiles.length; start += BATCH) {
    const some = tiles.slice(start, start + BATCH);
    const size = 3 * sidePx * sidePx;
    const pixels = new Float32Array(some.length * size);
    for (const [index, tile] of some.entries()) pixels.set(squareToPlanes(frame, tile, sidePx), index * size);
    const numbers = await runDetector(detector, pixels, some.length);
    const length = detector.card.candidates * CANDIDATE_FIELDS.length;
    for (const [index, tile] of some.entries())
      found.push(
        ...readCandidates(numbers.subarray(index * length, (index + 1) * length), tile, minConfidence),
      );
  }
  return found;
};

const areaOf = ({ box }: DetectedFace): number => box.widthPx * box.heightPx;

/**
 * Finds the faces in a frame.
 *
 * @returns the largest first; none where there are none.
 * @throws {InvalidFrameError} when the frame's bytes do not match its size.
 * @throws {InvalidGraphOutputError} when the graph is not the one that the card describes.
 * @example
 * const faces = await detectFaces({ frame, detector: { card, runGraph } });
 */
export const detectFaces = async ({
  frame,
  detector,
  minConfidence = 0.5,
  maxFaces = Infinity,
  tiles = 'none',
}: DetectFacesParams): Promise<DetectedFace[]> => {
  const opaque = toOpaqueFrame(frame);
  const levels = typeof tiles === 'number' ? tiles : 0;
  const candidates: Candidate[] = [];
  for (let level = 0; level <= levels; level++)
    candidates.push(...(await lookAt(opaque, planTiles(frame, level), detector, minConfidence)));
  return mergeCandidates(candidates)
    .toSorted((one, other) => areaOf(other) - areaOf(one))
    .slice(0, maxFaces);
};
