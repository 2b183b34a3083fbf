import { squareToInput, type Frame, type InputGeometry } from '@mien/pixels';
import type { DetectedFace } from '../detect/detected-face.ts';
import { faceSquare, type FaceMargin } from './face-square.ts';

/**
 * Cuts a face out of a frame as a model takes it: eyes level and at fixed places, averaged over areas, so that the same
 * face gives the same input however large it is in the frame. Outside the frame, its edge goes on.
 *
 * @param input the model's size and colour: `input` of its card.
 * @param margin how much is cut around the face; by default what the shipped model reads best.
 * @returns bytes in [0, 255], planar `[channels, heightPx, widthPx]`; the same in every engine.
 * @throws {InvalidFrameError} when the frame's bytes do not match its size.
 */
export const alignFace = ({
  frame,
  face,
  input,
  margin,
}: {
  readonly frame: Frame;
  readonly face: Pick<DetectedFace, 'landmarks'>;
  readonly input: InputGeometry;
  readonly margin?: FaceMargin | undefined;
}): Uint8Array => squareToInput({ frame, square: faceSquare(face.landmarks, margin), input });
