import { cutSquare } from './cut-square.ts';
import type { InputGeometry } from './face-to-input.ts';
import type { Frame } from './frame.ts';
import { channelsOf } from './read-channel.ts';
import type { TiltedSquare } from './tilted-square.ts';
import { toBytes } from './to-bytes.ts';

/**
 * Turns a square of a frame into the bytes that a model takes, as `faceToInput` does with a whole picture.
 *
 * @returns bytes in [0, 255], planar `[channels, heightPx, widthPx]`, rounded half up.
 * @throws {InvalidFrameError} when the frame's bytes do not match its size.
 */
export const squareToInput = ({
  frame,
  square,
  input: { widthPx, heightPx, channels },
}: {
  readonly frame: Frame;
  readonly square: TiltedSquare;
  readonly input: InputGeometry;
}): Uint8Array =>
  toBytes(cutSquare({ frame, square, channels: channelsOf(channels), size: { widthPx, heightPx } }));
