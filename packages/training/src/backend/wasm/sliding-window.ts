import tf from '@tensorflow/tfjs';

/** How a window slides over an image. Sizes in pixels; `channels` are those of the image. */
export interface SlidingWindow {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly padTop: number;
  readonly padLeft: number;
}

/** The part of TensorFlow.js's convolution and pooling geometry that a sliding window needs. */
export const slidingWindow = (info: tf.backend_util.Conv2DInfo): SlidingWindow => ({
  batch: info.batchSize,
  inHeight: info.inHeight,
  inWidth: info.inWidth,
  channels: info.inChannels,
  outHeight: info.outHeight,
  outWidth: info.outWidth,
  filterHeight: info.filterHeight,
  filterWidth: info.filterWidth,
  strideHeight: info.strideHeight,
  strideWidth: info.strideWidth,
  dilationHeight: info.dilationHeight,
  dilationWidth: info.dilationWidth,
  padTop: info.padInfo.top,
  padLeft: info.padInfo.left,
});

/** A tensor's shape with four axes. */
export type Shape4D = [number, number, number, number];

/** What TensorFlow.js hands to every convolution kernel about its window. */
export interface WindowAttributes {
  readonly strides: [number, number] | number;
  readonly pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'ceil' | 'floor' | 'round';
}

/**
 * The window of a convolution.
 *
 * @param inputShape `[batch, height, width, channels]`.
 * @param filterShape `[height, width, channels, outputs]`, or outputs per channel last where it is depthwise.
 */
export const convolutionWindow = (
  inputShape: readonly number[],
  filterShape: readonly number[],
  { strides, dilations = 1, pad, dimRoundingMode }: WindowAttributes,
  { depthwise = false } = {},
): SlidingWindow =>
  slidingWindow(
    tf.backend_util.computeConv2DInfo(
      inputShape as Shape4D,
      filterShape as Shape4D,
      strides,
      dilations,
      pad,
      dimRoundingMode,
      depthwise,
    ),
  );

/**
 * The outputs whose tap at `tapOffset` falls inside the image, for one axis.
 *
 * @returns `[first, end)`.
 */
export const outputsInside = (
  tapOffset: number,
  stride: number,
  inSize: number,
  outSize: number,
): [number, number] => {
  const first = Math.min(outSize, Math.max(0, Math.ceil(-tapOffset / stride)));
  const end = Math.min(outSize, Math.floor((inSize - 1 - tapOffset) / stride) + 1);
  return [first, Math.max(first, end)];
};
