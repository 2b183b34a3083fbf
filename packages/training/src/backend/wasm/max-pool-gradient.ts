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
  let from = 0;
  for (let image = 0; image < window.batch; image++) {
    for (let outY = 0; outY < outHeight; outY++) {
      const top = outY * window.strideHeight - window.padTop;
      const firstY = Math.max(0, top);
      const endY = Math.min(inHeight, top + filterHeight);
      for (let outX = 0; outX < outWidth; outX++) {
        const left = outX * window.strideWidth - window.padLeft;
        const firstX = Math.max(0, left);
        const endX = Math.min(inWidth, left + filterWidth);
        const corner = ((image * inHeight + firstY) * inWidth + firstX) * channels;
        for (let channel = 0; channel < channels; channel++) {
          let largestAt = corner + channel;
          let largest = x[largestAt] as number;
          let rowAt = largestAt;
          for (let y = firstY; y < endY; y++) {
            let at = rowAt;
            for (let column = firstX; column < endX; column++) {
              const value = x[at] as number;
              if (value > largest) {
                largest = value;
                largestAt = at;
              }
              at += channels;
            }
            rowAt += inWidth * channels;
          }
          dx[largestAt] = (dx[largestAt] as number) + (dy[from] as number);
          from++;
        }
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
