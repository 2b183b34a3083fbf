import type { ModelCard } from '@mien/contract';
import { assertFrame, type Frame } from './frame.ts';
import { channelsOf, readChannel } from './read-channel.ts';
import { resizePlane, type Plane } from './resize-plane.ts';
import { toBytes } from './to-bytes.ts';

/** The size and colour in which a model takes its faces: `input` of its card. */
export type InputGeometry = Pick<ModelCard['input'], 'widthPx' | 'heightPx' | 'channels'>;

const planesOf = (frame: Frame, channels: 1 | 3): Plane[] => {
  const { widthPx, heightPx } = frame;
  return channelsOf(channels).map((channel) => {
    const values = new Float64Array(widthPx * heightPx);
    readChannel(frame, channel, 0, values);
    return { widthPx, heightPx, values };
  });
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
  const size = { widthPx: input.widthPx, heightPx: input.heightPx };
  return toBytes(planesOf(frame, input.channels).map((plane) => resizePlane(plane, size)));
};
