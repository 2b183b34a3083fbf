import { MienError } from '@mien/contract';
import type { ImageLayout } from '../graph/image-layout.ts';
import { elementCount } from '../graph/shape.ts';
import type { ImageSet } from '../precision/image-set.ts';
import type { Extreme } from '../precision/observe-values.ts';

/** What a model expects of pixels: bytes are spread over a range, then each channel becomes (value − mean) / deviation. */
export interface PixelScaling {
  /** What 0 and 255 become. */
  readonly range: Extreme;
  /** One for all channels, or one for each. */
  readonly mean: readonly number[];
  /** As {@link mean}. */
  readonly deviation: readonly number[];
}

/** Pixels as they are. */
export const PLAIN_PIXELS: PixelScaling = { range: { min: 0, max: 255 }, mean: [0], deviation: [1] };

/** Means or deviations for another number of channels than the model has. */
export class ChannelCountError extends MienError {
  override readonly name = 'ChannelCountError';
  constructor(
    readonly given: number,
    readonly channels: number,
  ) {
    super(
      `${given} means or deviations are given, and the model takes ${channels} channels. Give 1 or ${channels}.`,
    );
  }
}

const ofChannel = (values: readonly number[], channel: number): number =>
  values[values.length === 1 ? 0 : channel] as number;

/** What each channel makes of a byte: factor · byte + shift. */
const affines = ({ range, mean, deviation }: PixelScaling, channels: number) =>
  Array.from({ length: channels }, (_, channel) => {
    const divisor = ofChannel(deviation, channel);
    return {
      factor: (range.max - range.min) / 255 / divisor,
      shift: (range.min - ofChannel(mean, channel)) / divisor,
    };
  });

/**
 * Between which numbers scaled pixels lie.
 *
 * @throws {ChannelCountError} when the scaling is for another number of channels.
 */
export const rangeOfPixels = (scaling: PixelScaling, channels: number): Extreme => {
  for (const { length } of [scaling.mean, scaling.deviation]) {
    if (length !== 1 && length !== channels) throw new ChannelCountError(length, channels);
  }
  const ends = affines(scaling, channels).flatMap(({ factor, shift }) => [shift, factor * 255 + shift]);
  return { min: Math.min(...ends), max: Math.max(...ends) };
};

/**
 * Puts pictures into the form that a graph takes.
 *
 * @param pictures bytes, `[channels, height, width]` each.
 */
export const scalePixels = (pictures: ImageSet, scaling: PixelScaling, layout: ImageLayout): ImageSet => {
  const [channels, height, width] = pictures.shape as [number, number, number];
  const area = height * width;
  const size = elementCount(pictures.shape);
  const scalings = affines(scaling, channels);
  const isLast = layout === 'channels-last';
  const data = new Float32Array(pictures.count * size);
  for (let picture = 0; picture < pictures.count; picture++) {
    for (const [channel, { factor, shift }] of scalings.entries()) {
      for (let pixel = 0; pixel < area; pixel++) {
        const byte = pictures.data[picture * size + channel * area + pixel] as number;
        const place = isLast ? pixel * channels + channel : channel * area + pixel;
        data[picture * size + place] = factor * byte + shift;
      }
    }
  }
  return { count: pictures.count, shape: isLast ? [height, width, channels] : pictures.shape, data };
};
