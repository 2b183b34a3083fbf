import { toOpaqueFrame, type Frame } from '@mien/pixels';
import type { DetectedFace } from './detected-face.ts';
import { findCandidates, type Tiles } from './find-candidates.ts';
import { mergeCandidates } from './merge-candidates.ts';
import type { Detector } from './run-detector.ts';

/** Ten times as many tiles for each level: beyond this, an image of any size would take minutes. */
const MOST_LEVELS = 5;

/** What {@link detectFaces} can be told. */
export interface DetectFacesParams {
  readonly frame: Frame;
  readonly detector: Detector;
  /**
   * How sure the detector must be of a face, in (0, 1]. 0.5 unless told otherwise: on the photographs that this is
   * measured on, the least sure face has 0.62, and nothing else has more than 0.25.
   */
  readonly minConfidence?: number;
  /** How many faces to give at most, the largest; all of them unless told otherwise. */
  readonly maxFaces?: number;
  /** How closely to look for small faces; `auto` unless told otherwise. */
  readonly tiles?: Tiles;
}

const check = ({
  minConfidence,
  maxFaces,
  tiles,
}: Required<Omit<DetectFacesParams, 'frame' | 'detector'>>): void => {
  if (!(minConfidence > 0 && minConfidence <= 1))
    throw new RangeError(`minConfidence must be in (0, 1], not ${minConfidence}.`);
  if (!(maxFaces === Infinity || (Number.isInteger(maxFaces) && maxFaces > 0)))
    throw new RangeError(`maxFaces must be a whole number from 1, not ${maxFaces}.`);
  if (typeof tiles === 'number' && !(Number.isInteger(tiles) && tiles >= 0 && tiles <= MOST_LEVELS))
    throw new RangeError(
      `tiles must be "auto", "none" or a whole number up to ${MOST_LEVELS}, not ${tiles}.`,
    );
};

const areaOf = ({ box }: DetectedFace): number => box.widthPx * box.heightPx;

/**
 * Finds the faces in a frame.
 *
 * @returns the largest first; none where there are none.
 * @throws {RangeError} when an option has a value that it cannot have.
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
  tiles = 'auto',
}: DetectFacesParams): Promise<DetectedFace[]> => {
  check({ minConfidence, maxFaces, tiles });
  const candidates = await findCandidates(toOpaqueFrame(frame), { detector, minConfidence, tiles });
  return mergeCandidates(candidates)
    .toSorted((one, other) => areaOf(other) - areaOf(one))
    .slice(0, maxFaces);
};
