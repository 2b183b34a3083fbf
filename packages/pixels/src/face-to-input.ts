import type { ModelCard } from '@mien/contract';
import { assertFrame, type Frame } from './frame.ts';
import { resizePlane, type Plane } from './resize-plane.ts';

/** The size and colour in which a model takes its faces: `input` of its card. */
export type InputGeometry = Pick<ModelCard['input'], 'widthPx' | 'heightPx' | 'channels'>;

/** Blends a colour over black by its alpha, as pixels outside a cut-out face are absent light. */
const overBlack = (value: number, alpha: number): number => (alpha === 255 ? value : (value * alpha) / 255);

/** Luma of ITU-R BT.601 in the 16-bit fixed point that image libraries use, so that grays stay what they are. */
const luma = (red: number, green: number, blue: number): number =>
  Math.floor((19595 * red + 38470 * green + 7471 * blue + 32768) / 65536);

const planesOf = ({ widthPx, heightPx, rgba }: Frame, channels: 1 | 3): Plane[] => {
  const planes = Array.from({ length: channels }, () => new Float64Array(widthPx * heightPx));
  for (let pixel = 0; pixel < widthPx * heightPx; pixel++) {
    const alpha = rgba[pixel * 4 + 3] as number;
    const red = overBlack(rgba[pixel * 4] as number, alpha);
    const green = overBlack(rgba[pixel * 4 + 1] as number, alpha);
    const blue = overBlack(rgba[pixel * 4 + 2] as number, alpha);
    if (channels === 1) {
      (planes[0] as Float64Array)[pixel] = luma(red, green, blue);
    } else {
      (planes[0] as Float64Array)[pixel] = red;
      (planes[1] as Float64Array)[pixel] = green;
      (planes[2] as Float64Array)[pixel] = blue;
    }
  }
  return planes.map((values) => ({ widthPx, heightPx, values }));
};

/**
 * Turns a cropped face into the bytes that a model takes. The one definition of gray conversion and resizing, for
 * training, Node and browsers alike; the face is stretched to the model's size.
 *
 * @returns bytes in [0, 255], planar `[channels, heightPx, widthPx]`, rounded half up.
 * @throws {InvalidFrameError} when the frame's bytes do not match its size.
 */
export const faceToInput = (frame: Frame, input: InputGeometry): Uint8Array => {
  assertFrame(frame);
  const area = input.widthPx * input.heightPx;
  const bytes = new Uint8Array(input.channels * area);
  for (const [channel, plane] of planesOf(frame, input.channels).entries()) {
    const resized = resizePlane(plane, { widthPx: input.widthPx, heightPx: input.heightPx });
    for (let index = 0; index < area; index++) {
      bytes[channel * area + index] = Math.min(255, Math.floor((resized.values[index] as number) + 0.5));
    }
  }
  return bytes;
};
