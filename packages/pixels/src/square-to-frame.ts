import { cutSquare } from './cut-square.ts';
import type { Frame } from './frame.ts';
import { channelsOf } from './read-channel.ts';
import type { TiltedSquare } from './tilted-square.ts';
import { toBytes } from './to-bytes.ts';

/**
 * Cuts a square out of a frame as a frame of its own, in colour and opaque.
 *
 * @param sizePx the width and height of the new frame.
 * @throws {InvalidFrameError} when the frame's bytes do not match its size.
 */
export const squareToFrame = ({
  frame,
  square,
  sizePx,
}: {
  readonly frame: Frame;
  readonly square: TiltedSquare;
  readonly sizePx: number;
}): Frame => {
  const size = { widthPx: sizePx, heightPx: sizePx };
  const planar = toBytes(cutSquare({ frame, square, channels: channelsOf(3), size }));
  const area = sizePx * sizePx;
  const rgba = new Uint8Array(area * 4).fill(255);
  for (let pixel = 0; pixel < area; pixel++)
    for (let colour = 0; colour < 3; colour++)
      rgba[pixel * 4 + colour] = planar[colour * area + pixel] as number;
  return { ...size, rgba };
};
