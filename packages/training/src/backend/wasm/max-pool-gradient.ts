import tf from '@tensorflow/tfjs';
import { slidingWindow, type SlidingWindow } from './sliding-window.ts';
import { defineWasmKernel, floatsOf } from './wasm-kernel.ts';

interface MaxPoolGradInputs {
  readonly dy: tf.TensorInfo;
  readonly input: tf.TensorInfo;
}

interface MaxPoolGradAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: Parameters<typeof tf.backend_util.computePool2DInfo>[4];
  readonly dimRoundingMode?: 'ceil' | 'floor' | 'round';
}

/** Where the largest of two by two pixels is, the first one where several are. */
const largestOfFour = (x: Float32Array, at: number, right: number, below: number): number => {
  let largestAt = at;
  if ((x[at + right] as number) > (x[largestAt] as number)) largestAt = at + right;
  if ((x[at + below] as number) > (x[largestAt] as number)) largestAt = at + below;
  if ((x[at + below + right] as number) > (x[largestAt] as number)) largestAt = at + below + right;
  return largestAt;
};

/** The same for a window of any size. */
const largestOf = (
  x: Float32Array,
  at: number,
  [right, below]: readonly [number, number],
  [width, height]: readonly [number, number],
): number => {
  let largestAt = at;
  for (let row = at; row < at + height * below; row += below) {
    for (let pixel = row; pixel < row + width * right; pixel += right) {
      if ((x[pixel] as number) > (x[largestAt] as number)) largestAt = pixel;
    }
  }
  return largestAt;
};

/**
 * Hands each output's gradient to the input that was the largest in its window, the first one where several are.
 *
 * @param x `[batch, inHeight, inWidth, channels]`.
 * @param dy `[batch, outHeight, outWidth, channels]`.
 * @param dx added to, shaped as `x`.
 */
export const maxPoolGradient = (
  window: SlidingWindow,
  x: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
): void => {
  const { inHeight, inWidth, channels, outHeight, outWidth, filterHeight, filterWidth } = window;
  const below = inWidth * channels;
  for (let row = 0, from = 0; row < window.batch * outHeight; row++) {
    const image = Math.floor(row / outHeight);
    const top = (row % outHeight) * window.strideHeight - window.padTop;
    const firstY = Math.max(0, top);
    const height = Math.min(inHeight, top + filterHeight) - firstY;
    for (let outX = 0; outX < outWidth; outX++) {
      const left = outX * window.strideWidth - window.padLeft;
      const firstX = Math.max(0, left);
      const width = Math.min(inWidth, left + filterWidth) - firstX;
      const corner = ((image * inHeight + firstY) * inWidth + firstX) * channels;
      for (let at = corner; at < corner + channels; at++, from++) {
        const largestAt =
          width === 2 && height === 2
            ? largestOfFour(x, at, channels, below)
            : largestOf(x, at, [channels, below], [width, height]);
        dx[largestAt] = (dx[largestAt] as number) + (dy[from] as number);
      }
    }
  }
};

/** Registers the gradient of max pooling: the shipped one searches, for every input pixel, all windows around it. */
export const defineMaxPoolGradient = (): void => {
  defineWasmKernel<MaxPoolGradInputs, MaxPoolGradAttributes>(
    'MaxPoolGrad',
    ({ inputs: { dy, input }, attrs, backend }) => {
      const { filterSize, strides, pad, dimRoundingMode } = attrs;
      const shape = input.shape as [number, number, number, number];
      const window = slidingWindow(
        tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode),
      );
      const dx = backend.makeOutput(input.shape, 'float32');
      floatsOf(backend, dx).fill(0);
      maxPoolGradient(window, floatsOf(backend, input), floatsOf(backend, dy), floatsOf(backend, dx));
      return dx;
    },
  );
};
