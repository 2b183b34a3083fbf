import type tf from '@tensorflow/tfjs';

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

/**
 * Unfolds images into columns, one per output pixel (the transpose of what is known as im2col): row
 * `(tapY * filterWidth + tapX) * channels + channel` holds what that tap sees at every output pixel.
 *
 * @param pixels `[images, inHeight, inWidth, channels]`.
 * @param columns written, `[filterHeight * filterWidth * channels, images * outHeight * outWidth]`; zero where padded.
 */
export const unfold = (
  window: SlidingWindow,
  pixels: Float32Array,
  images: number,
  columns: Float32Array,
): void => {
  const { inHeight, inWidth, channels, outHeight, outWidth, strideHeight, strideWidth } = window;
  const outPixels = outHeight * outWidth;
  const step = strideWidth * channels;
  const padded = window.padTop > 0 || window.padLeft > 0 || needsPadding(window);
  if (padded) columns.fill(0);
  for (let image = 0; image < images; image++) {
    let row = image * outPixels;
    for (let tapY = 0; tapY < window.filterHeight; tapY++) {
      const offsetY = tapY * window.dilationHeight - window.padTop;
      const [firstY, endY] = outputsInside(offsetY, strideHeight, inHeight, outHeight);
      for (let tapX = 0; tapX < window.filterWidth; tapX++) {
        const offsetX = tapX * window.dilationWidth - window.padLeft;
        const [firstX, endX] = outputsInside(offsetX, strideWidth, inWidth, outWidth);
        for (let channel = 0; channel < channels; channel++) {
          for (let y = firstY; y < endY; y++) {
            const inY = image * inHeight + y * strideHeight + offsetY;
            let from = (inY * inWidth + firstX * strideWidth + offsetX) * channels + channel;
            const end = row + y * outWidth + endX;
            for (let to = row + y * outWidth + firstX; to < end; to++, from += step) {
              columns[to] = pixels[from] as number;
            }
          }
          row += images * outPixels;
        }
      }
    }
  }
};

const needsPadding = (window: SlidingWindow): boolean =>
  (window.outHeight - 1) * window.strideHeight + (window.filterHeight - 1) * window.dilationHeight >=
    window.inHeight + window.padTop ||
  (window.outWidth - 1) * window.strideWidth + (window.filterWidth - 1) * window.dilationWidth >=
    window.inWidth + window.padLeft;

/**
 * Adds patches back onto the images they were taken from (known as col2im).
 *
 * @param patches `[images * outHeight * outWidth, filterHeight * filterWidth * channels]`.
 * @param pixels added to, `[images, inHeight, inWidth, channels]`.
 */
export const fold = (
  window: SlidingWindow,
  patches: Float32Array,
  images: number,
  pixels: Float32Array,
): void => {
  const { inHeight, inWidth, channels, outHeight, outWidth, filterHeight, filterWidth } = window;
  let patch = 0;
  for (let image = 0; image < images; image++) {
    for (let outY = 0; outY < outHeight; outY++) {
      const top = outY * window.strideHeight - window.padTop;
      for (let outX = 0; outX < outWidth; outX++) {
        const left = outX * window.strideWidth - window.padLeft;
        for (let tapY = 0; tapY < filterHeight; tapY++) {
          const y = top + tapY * window.dilationHeight;
          if (y < 0 || y >= inHeight) {
            patch += filterWidth * channels;
            continue;
          }
          for (let tapX = 0; tapX < filterWidth; tapX++) {
            const x = left + tapX * window.dilationWidth;
            if (x >= 0 && x < inWidth) {
              const to = ((image * inHeight + y) * inWidth + x) * channels;
              for (let channel = 0; channel < channels; channel++) {
                pixels[to + channel] =
                  (pixels[to + channel] as number) + (patches[patch + channel] as number);
              }
            }
            patch += channels;
          }
        }
      }
    }
  }
};
