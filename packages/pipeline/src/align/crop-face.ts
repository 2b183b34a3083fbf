import { squareToFrame, type Frame } from '@mien/pixels';
import type { DetectedFace } from '../detect/detected-face.ts';
import { faceSquare, type FaceMargin } from './face-square.ts';
import { InvalidCropSizeError, MAX_CROP_PX } from './invalid-crop-size-error.ts';

/**
 * Cuts a face out of a frame as a picture to look at or to train on, in colour, just as {@link alignFace} cuts it for a
 * model. Outside the frame, its edge goes on.
 *
 * @param sizePx the width and height of the picture. Larger than the face, it is interpolated.
 * @returns an opaque frame.
 * @throws {InvalidCropSizeError} when the size is not a whole number from 1 to 4096.
 * @throws {InvalidFrameError} when the frame's bytes do not match its size.
 */
export const cropFace = ({
  frame,
  face,
  sizePx,
  margin,
}: {
  readonly frame: Frame;
  readonly face: Pick<DetectedFace, 'landmarks'>;
  readonly sizePx: number;
  readonly margin?: FaceMargin | undefined;
}): Frame => {
  if (!Number.isInteger(sizePx) || sizePx < 1 || sizePx > MAX_CROP_PX) throw new InvalidCropSizeError(sizePx);
  return squareToFrame({ frame, square: faceSquare(face.landmarks, margin), sizePx });
};
