import tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { fold, slidingWindow, unfold, type SlidingWindow } from './sliding-window.ts';
import { defineWasmKernel, floatsOf, release, runWasmKernel } from './wasm-kernel.ts';

/** Floats in the largest buffer of unfolded patches (4 MB): what a core's cache holds; larger batches go in parts. */
const PATCH_BUFFER_FLOATS = 1024 * 1024;

const PLAIN = { transposeA: false, transposeB: false };

type Shape4D = [number, number, number, number];

interface Conv2DGradientAttributes {
  readonly strides: [number, number] | number;
  readonly pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'ceil' | 'floor' | 'round';
}

interface GradientParams {
  readonly backend: BackendWasm;
  readonly dy: tf.TensorInfo;
  readonly window: SlidingWindow;
}

const windowOf = (
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: Conv2DGradientAttributes,
): SlidingWindow =>
  slidingWindow(
    tf.backend_util.computeConv2DInfo(
      inputShape as Shape4D,
      filterShape as Shape4D,
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
    ),
  );

/** Splits the batch so that the unfolded patches of a part fit the buffer; one image at least. */
const forEachPart = (
  { batch, outHeight, outWidth, filterHeight, filterWidth, channels }: SlidingWindow,
  visit: (firstImage: number, images: number) => void,
): void => {
  const floatsPerImage = outHeight * outWidth * filterHeight * filterWidth * channels;
  const images = Math.max(1, Math.floor(PATCH_BUFFER_FLOATS / floatsPerImage));
  for (let first = 0; first < batch; first += images) visit(first, Math.min(images, batch - first));
};

/** Copies some images of a batch, as a matrix of the given shape. */
const copyImages = (
  backend: BackendWasm,
  tensor: tf.TensorInfo,
  firstImage: number,
  shape: number[],
): tf.TensorInfo => {
  const start = firstImage * tf.util.sizeFromShape(tensor.shape.slice(1));
  const copy = backend.makeOutput(shape, 'float32');
  floatsOf(backend, copy).set(
    floatsOf(backend, tensor).subarray(start, start + tf.util.sizeFromShape(shape)),
  );
  return copy;
};

const addTo = (sums: Float32Array, addends: Float32Array): void => {
  for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + (addends[at] as number);
};

/** The gradient in the filter: the unfolded input times the output's gradient. */
const filterGradient = (
  { backend, dy, window }: GradientParams,
  x: tf.TensorInfo,
  filterShape: number[],
): tf.TensorInfo => {
  const outChannels = filterShape[3] as number;
  const taps = window.filterHeight * window.filterWidth * window.channels;
  const outPixels = window.outHeight * window.outWidth;
  const imageFloats = window.inHeight * window.inWidth * window.channels;
  const gradient = backend.makeOutput(filterShape, 'float32');
  floatsOf(backend, gradient).fill(0);
  forEachPart(window, (first, images) => {
    const a = backend.makeOutput([1, taps, images * outPixels], 'float32');
    const b = copyImages(backend, dy, first, [1, images * outPixels, outChannels]);
    unfold(window, floatsOf(backend, x).subarray(first * imageFloats), images, floatsOf(backend, a));
    const product = runWasmKernel('BatchMatMul', backend, { a, b }, PLAIN);
    addTo(floatsOf(backend, gradient), floatsOf(backend, product));
    release(backend, a, b, product);
  });
  return gradient;
};

/** The gradient in the input for any stride: the output's gradient times the filter, folded back onto the image. */
const foldedInputGradient = (
  { backend, dy, window }: GradientParams,
  filter: tf.TensorInfo,
  inputShape: number[],
): tf.TensorInfo => {
  const outChannels = filter.shape[3] as number;
  const taps = window.filterHeight * window.filterWidth * window.channels;
  const outPixels = window.outHeight * window.outWidth;
  const imageFloats = window.inHeight * window.inWidth * window.channels;
  const gradient = backend.makeOutput(inputShape, 'float32');
  floatsOf(backend, gradient).fill(0);
  const matrix = { ...filter, shape: [1, taps, outChannels] };
  const b = runWasmKernel('Transpose', backend, { x: matrix }, { perm: [0, 2, 1] });
  forEachPart(window, (first, images) => {
    const a = copyImages(backend, dy, first, [1, images * outPixels, outChannels]);
    const patches = runWasmKernel('BatchMatMul', backend, { a, b }, PLAIN);
    const pixels = floatsOf(backend, gradient).subarray(first * imageFloats);
    fold(window, floatsOf(backend, patches), images, pixels);
    release(backend, a, patches);
  });
  release(backend, b);
  return gradient;
};

/** What a convolution with the flipped filter is padded with to give back the input's size; undefined where strided. */
const flippedPadding = (window: SlidingWindow): [number, number][] | undefined => {
  if (window.strideHeight > 1 || window.strideWidth > 1) return undefined;
  const top = window.filterHeight - 1 - window.padTop;
  const left = window.filterWidth - 1 - window.padLeft;
  const bottom = window.inHeight - window.outHeight + window.padTop;
  const right = window.inWidth - window.outWidth + window.padLeft;
  const isPossible = [top, left, bottom, right].every((padding) => padding >= 0);
  return isPossible
    ? [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]
    : undefined;
};

/** The gradient in the input for stride 1: a convolution with the filter turned by 180° and its channels swapped. */
const convolvedInputGradient = (
  { backend, dy }: GradientParams,
  filter: tf.TensorInfo,
  pad: [number, number][],
): tf.TensorInfo => {
  const turned = runWasmKernel('Reverse', backend, { x: filter }, { dims: [0, 1] });
  const swapped = runWasmKernel('Transpose', backend, { x: turned }, { perm: [0, 1, 3, 2] });
  const attrs = { strides: [1, 1], pad, dilations: [1, 1], dataFormat: 'NHWC' };
  const gradient = runWasmKernel('Conv2D', backend, { x: dy, filter: swapped }, attrs);
  release(backend, turned, swapped);
  return gradient;
};

/**
 * Registers the convolution's two gradients, which TensorFlow.js lacks (filter) or computes in a plain loop (input):
 * both become XNNPACK matrix products or convolutions. Channels come last, as everywhere on this backend.
 */
export const defineConv2DGradients = (): void => {
  defineWasmKernel<
    { x: tf.TensorInfo; dy: tf.TensorInfo },
    Conv2DGradientAttributes & { filterShape: number[] }
  >('Conv2DBackpropFilter', ({ inputs: { x, dy }, attrs, backend }) => {
    const window = windowOf(x.shape, attrs.filterShape, attrs);
    return filterGradient({ backend, dy, window }, x, attrs.filterShape);
  });
  defineWasmKernel<
    { dy: tf.TensorInfo; filter: tf.TensorInfo },
    Conv2DGradientAttributes & { inputShape: number[] }
  >('Conv2DBackpropInput', (call, shipped) => {
    const {
      inputs: { dy, filter },
      attrs,
      backend,
    } = call;
    if (attrs.dataFormat === 'NCHW' && shipped !== undefined) return shipped(call);
    const window = windowOf(attrs.inputShape, filter.shape, attrs);
    const pad = flippedPadding(window);
    return pad === undefined
      ? foldedInputGradient({ backend, dy, window }, filter, attrs.inputShape)
      : convolvedInputGradient({ backend, dy, window }, filter, pad);
  });
};
