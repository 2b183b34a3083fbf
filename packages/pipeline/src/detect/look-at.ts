import { CANDIDATE_FIELDS } from '@mien/contract';
import { squareToPlanes, type OpaqueFrame } from '@mien/pixels';
import { readCandidates, type Candidate } from './candidates.ts';
import type { Tile } from './plan-tiles.ts';
import { runDetector, type Detector } from './run-detector.ts';

/** Tiles that go through the graph together: few enough to stay in a processor's cache. */
const BATCH = 4;

/**
 * Runs the detector on tiles of a frame.
 *
 * @returns what it saw, tile by tile; faces in several tiles several times.
 * @throws {InvalidGraphOutputError} when the graph is not the one that the card describes.
 */
export const lookAt = async (
  frame: OpaqueFrame,
  tiles: readonly Tile[],
  { detector, minConfidence }: { readonly detector: Detector; readonly minConfidence: number },
): Promise<Candidate[]> => {
  const { input, candidates } = detector.card;
  const pictureLength = 3 * input.widthPx * input.heightPx;
  const numbersLength = candidates * CANDIDATE_FIELDS.length;
  const seen: Candidate[] = [];
  for (let start = 0; start < tiles.length; start += BATCH) {
    const batch = tiles.slice(start, start + BATCH);
    const pixels = new Float32Array(batch.length * pictureLength);
    for (const [index, tile] of batch.entries())
      squareToPlanes(frame, tile, input.widthPx, pixels.subarray(index * pictureLength));
    const numbers = await runDetector(detector, pixels, batch.length);
    for (const [index, tile] of batch.entries()) {
      const ofTile = numbers.subarray(index * numbersLength, (index + 1) * numbersLength);
      seen.push(...readCandidates(ofTile, tile, minConfidence));
    }
  }
  return seen;
};
