import type { Graph } from '../graph/graph.ts';
import type { ImageLayout } from '../graph/image-layout.ts';
import { channelsOf } from '../pictures/calibration-input.ts';
import { PLAIN_PIXELS, rangeOfPixels, type PixelScaling } from '../pictures/pixel-scaling.ts';
import type { Extreme } from '../precision/observe-values.ts';
import type { ConvertOptions } from './convert-options.ts';

type InputOptions = Pick<ConvertOptions, 'inputRange' | 'inputMean' | 'inputStd'>;

/** How images lie at the graph's inputs and outputs. */
export const layoutOf = ({ channelsFirst }: Pick<ConvertOptions, 'channelsFirst'>): ImageLayout =>
  channelsFirst ? 'channels-first' : 'channels-last';

/** What pictures become before the graph sees them. */
export const scalingOf = ({ inputRange, inputMean, inputStd }: InputOptions): PixelScaling => ({
  range: inputRange ?? PLAIN_PIXELS.range,
  mean: inputMean ?? PLAIN_PIXELS.mean,
  deviation: inputStd ?? PLAIN_PIXELS.deviation,
});

/** Whether the command line says what inputs look like. */
export const hasScaling = ({ inputRange, inputMean, inputStd }: InputOptions): boolean =>
  (inputRange ?? inputMean ?? inputStd) !== undefined;

/**
 * Between which numbers a graph's inputs lie: as the command line says, else plain pixels for an image and [0, 1] for
 * anything else.
 *
 * @throws {ChannelCountError} when means or deviations are for another number of channels.
 */
export const rangeOfInputs = ({ inputs }: Graph, layout: ImageLayout, options: InputOptions): Extreme => {
  const [input] = inputs;
  const channels = input === undefined ? undefined : channelsOf(input, layout);
  if (channels !== undefined) return rangeOfPixels(scalingOf(options), channels);
  return hasScaling(options) ? rangeOfPixels(scalingOf(options), 1) : { min: 0, max: 1 };
};
