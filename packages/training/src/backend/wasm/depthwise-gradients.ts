import tf from '@tensorflow/tfjs';
import {
  convolutionWindow,
  outputsInside,
  type SlidingWindow,
  type WindowAttributes,
} from './sliding-window.ts';
import { defineWasmKernel, floatsOf } from './wasm-kernel.ts';

/** Calls `visit` with the first channel's place in input, filter and output for every tap that falls on a pixel. */
const forEachTap = (
  window: SlidingWindow,
  multiplier: number,
  visit: (inAt: number, filterAt: number, outAt: number) => void,
): void => {
  const { batch, inHeight, inWidth, channels, outHeight, outWidth, filterHeight, filterWidth } = window;
  for (let tapY = 0; tapY < filterHeight; tapY++) {
    const offsetY = tapY * window.dilationHeight - window.padTop;
    const [firstY, endY] = outputsInside(offsetY, window.strideHeight, inHeight, outHeight);
    for (let tapX = 0; tapX < filterWidth; tapX++) {
      const offsetX = tapX * window.dilationWidth - window.padLeft;
      const [firstX, endX] = outputsInside(offsetX, window.strideWidth, inWidth, outWidth);
      const filterAt = (tapY * filterWidth + tapX) * channels * multiplier;
      for (let image = 0; image < batch; image++) {
        for (let y = firstY; y < endY; y++) {
          const inRow = (image * inHeight + y * window.strideHeight + offsetY) * inWidth + offsetX;
          const outRow = (image * outHeight + y) * outWidth;
          for (let x = firstX; x < endX; x++) {
            visit(
              (inRow + x * window.strideWidth) * channels,
              filterAt,
              (outRow + x) * channels * multiplier,
            );
          }
        }
      }
    }
  }
};

/** Adds to the filter's gradient, `[filterHeight, filterWidth, channels, multiplier]`, in double precision: long sums. */
const addFilterGradient = (
  window: SlidingWindow,
  multiplier: number,
  x: Float32Array,
  dy: Float32Array,
  gradient: Float64Array,
): void => {
  forEachTap(window, multiplier, (inAt, filterAt, outAt) => {
    let offset = 0;
    for (let channel = 0; channel < window.channels; channel++) {
      const pixel = x[inAt + channel] as number;
      for (let copy = 0; copy < multiplier; copy++, offset++) {
        gradient[filterAt + offset] =
          (gradient[filterAt + offset] as number) + pixel * (dy[outAt + offset] as number);
      }
    }
  });
};

/** Adds to the input's gradient, `[batch, inHeight, inWidth, channels]`. */
const addInputGradient = (
  window: SlidingWindow,
  multiplier: number,
  filter: Float32Array,
  dy: Float32Array,
  gradient: Float32Array,
): void => {
  forEachTap(window, multiplier, (inAt, filterAt, outAt) => {
    let offset = 0;
    for (let channel = 0; channel < window.channels; channel++) {
      let sum = gradient[inAt + channel] as number;
      for (let copy = 0; copy < multiplier; copy++, offset++) {
        sum += (filter[filterAt + offset] as number) * (dy[outAt + offset] as number);
      }
      gradient[inAt + channel] = sum;
    }
  });
};

/**
 * Registers the depthwise convolution's two gradients. They are loops: each number is used too rarely for a matrix
 * product to pay.
 */
export const defineDepthwiseGradients = (): void => {
  defineWasmKernel<{ x: tf.TensorInfo; dy: tf.TensorInfo }, WindowAttributes & { filterShape: number[] }>(
    'DepthwiseConv2dNativeBackpropFilter',
    ({ inputs: { x, dy }, attrs, backend }) => {
      const window = convolutionWindow(x.shape, attrs.filterShape, attrs, { depthwise: true });
      const out = backend.makeOutput(attrs.filterShape, 'float32');
      const gradient = new Float64Array(tf.util.sizeFromShape(attrs.filterShape));
      const multiplier = attrs.filterShape[3] as number;
      addFilterGradient(window, multiplier, floatsOf(backend, x), floatsOf(backend, dy), gradient);
      floatsOf(backend, out).set(gradient);
      return out;
    },
  );
  defineWasmKernel<{ dy: tf.TensorInfo; filter: tf.TensorInfo }, WindowAttributes & { inputShape: number[] }>(
    'DepthwiseConv2dNativeBackpropInput',
    ({ inputs: { dy, filter }, attrs, backend }) => {
      const window = convolutionWindow(attrs.inputShape, filter.shape, attrs, { depthwise: true });
      const out = backend.makeOutput(attrs.inputShape, 'float32');
      const gradient = floatsOf(backend, out).fill(0);
      const multiplier = filter.shape[3] as number;
      addInputGradient(window, multiplier, floatsOf(backend, filter), floatsOf(backend, dy), gradient);
      return out;
    },
  );
};
