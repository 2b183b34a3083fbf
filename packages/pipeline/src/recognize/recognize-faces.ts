import type { Frame } from '@mien/pixels';
import { detectFaces, type DetectFacesParams } from '../detect/detect-faces.ts';
import type { Detector } from '../detect/run-detector.ts';
import type { FaceReading } from './face-reading.ts';
import { readFaces, type ExpressionModel, type ReadOptions } from './read-faces.ts';

/** How faces are found and read. All of it may be left out. */
export interface RecognizeFacesOptions
  extends ReadOptions, Pick<DetectFacesParams, 'minConfidence' | 'maxFaces' | 'tiles'> {}

/**
 * Finds the faces in a frame and reads their expressions: detects, aligns, judges and classifies them.
 *
 * @returns a reading for each face, the largest first; none for a frame without faces.
 * @throws {InvalidCropSizeError} when `cropPx` is not a whole number from 1 to 4096.
 * @throws {InvalidFrameError} when the frame's bytes do not match its size.
 * @throws {InvalidGraphOutputError} when a graph is not the one that its card describes.
 * @example
 * const faces = await recognizeFaces({ frame, detector, expression, options: { tiles: 'auto', cropPx: 128 } });
 */
export const recognizeFaces = async ({
  frame,
  detector,
  expression,
  options = {},
}: {
  readonly frame: Frame;
  readonly detector: Detector;
  readonly expression: ExpressionModel;
  readonly options?: RecognizeFacesOptions | undefined;
}): Promise<FaceReading[]> => {
  const faces = await detectFaces({ frame, detector, ...options });
  return readFaces({ frame, faces, expression, options });
};
