import tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { ComputeThreads } from './matrix/compute-threads.ts';
import { tapsOf, type Job, type PaddedConvolution } from './matrix/jobs.ts';
import { packPanels, paddedColumns } from './matrix/pack-panels.ts';
import { placedFloats, placePixels, type BatchSize, type Placement } from './matrix/place-pixels.ts';
import {
  convolutionWindow,
  type Shape4D,
  type SlidingWindow,
  type WindowAttributes,
} from './sliding-window.ts';
import { defineWasmKernel, floatsOf } from './wasm-kernel.ts';

/** Parts of the batch whose filter gradients are added up at the end: fixed, so that no result depends on threads. */
const SHARDS = 8;

interface ConvolutionAttributes extends WindowAttributes {
  readonly dataFormat: 'NHWC' | 'NCHW';
}

interface FusedAttributes extends ConvolutionAttributes {
  readonly activation: string;
}

/** Images on their way into a convolution. */
interface Images {
  readonly pixels: Float32Array;
  readonly size: BatchSize;
  readonly placement: Placement;
}

/** The padded images that the windows of a convolution slide over. */
const paddedImages = (window: SlidingWindow, pixels: Float32Array): Images => {
  const { batch, inHeight, inWidth, channels } = window;
  const placement = {
    height: (window.outHeight - 1) * window.strideHeight + window.filterHeight,
    width: (window.outWidth - 1) * window.strideWidth + window.filterWidth,
    top: window.padTop,
    left: window.padLeft,
    stepY: 1,
    stepX: 1,
  };
  return { pixels, size: { batch, height: inHeight, width: inWidth, channels }, placement };
};

const convolutionOf = (
  window: SlidingWindow,
  outChannels: number,
  { placement }: Images,
): PaddedConvolution => ({
  ...window,
  inHeight: placement.height,
  inWidth: placement.width,
  outChannels,
});

const outPixelsOf = ({ batch, outHeight, outWidth }: PaddedConvolution): number =>
  batch * outHeight * outWidth;

const complete = (threads: ComputeThreads, job: Job): void => {
  const { convolution } = job;
  threads.complete(job, outPixelsOf(convolution) * tapsOf(convolution) * convolution.outChannels);
};

const put = (threads: ComputeThreads, { pixels, size, placement }: Images): number => {
  const floats = placedFloats(size, placement);
  const at = threads.take(floats);
  placePixels(pixels, size, placement, threads.floats.subarray(at, at + floats));
  return at;
};

/** Copies rows of `columns` numbers out of rows that are padded to whole panels. */
const copyRows = (padded: Float32Array, columns: number, target: Float32Array): void => {
  const stride = paddedColumns(columns);
  if (stride === columns) {
    target.set(padded.subarray(0, target.length));
    return;
  }
  for (let from = 0, to = 0; to < target.length; from += stride, to += columns) {
    for (let column = 0; column < columns; column++) target[to + column] = padded[from + column] as number;
  }
};

/** @param filter its values, `[taps, outChannels]`. @returns where the result is, rows padded to whole panels. */
const convolve = (
  threads: ComputeThreads,
  convolution: PaddedConvolution,
  images: Images,
  filter: Float32Array,
): Float32Array => {
  const { outChannels } = convolution;
  const taps = tapsOf(convolution);
  const packedFloats = taps * paddedColumns(outChannels);
  const yFloats = outPixelsOf(convolution) * paddedColumns(outChannels);
  threads.reserve(placedFloats(images.size, images.placement) + filter.length + packedFloats + yFloats);
  const xAt = put(threads, images);
  const [plainAt, filterAt, yAt] = [filter.length, packedFloats, yFloats].map((size) =>
    threads.take(size),
  ) as [number, number, number];
  threads.floats.set(filter, plainAt);
  const matrix = { at: plainAt, rowStride: outChannels, columnStride: 1 };
  packPanels(threads.floats, matrix, taps, outChannels, filterAt);
  complete(threads, { kind: 'convolve', convolution, xAt, filterAt, yAt });
  return threads.floats.subarray(yAt, yAt + yFloats);
};

const forward = (
  threads: ComputeThreads,
  backend: BackendWasm,
  window: SlidingWindow,
  { x, filter }: { x: tf.TensorInfo; filter: tf.TensorInfo },
): tf.TensorInfo => {
  const outChannels = filter.shape[3] as number;
  const images = paddedImages(window, floatsOf(backend, x));
  const convolution = convolutionOf(window, outChannels, images);
  const result = convolve(threads, convolution, images, floatsOf(backend, filter));
  const y = backend.makeOutput([window.batch, window.outHeight, window.outWidth, outChannels], 'float32');
  copyRows(result, outChannels, floatsOf(backend, y));
  return y;
};

/** Adds up shards `[shards, length]`; the first holds the sum afterwards. */
const addShards = (floats: Float32Array, length: number): Float32Array => {
  for (let from = length; from < floats.length; from += length) {
    for (let index = 0; index < length; index++) {
      floats[index] = (floats[index] as number) + (floats[from + index] as number);
    }
  }
  return floats.subarray(0, length);
};

/** The gradient in the filter: the patches of the input, transposed, times the output's gradient. */
const filterGradient = (
  threads: ComputeThreads,
  backend: BackendWasm,
  window: SlidingWindow,
  { x, dy, filterShape }: { x: tf.TensorInfo; dy: tf.TensorInfo; filterShape: number[] },
): tf.TensorInfo => {
  const outChannels = filterShape[3] as number;
  const images = paddedImages(window, floatsOf(backend, x));
  const convolution = convolutionOf(window, outChannels, images);
  const shardFloats = tapsOf(convolution) * paddedColumns(outChannels);
  const imagesPerShard = Math.ceil(window.batch / SHARDS);
  const shardsFloats = Math.ceil(window.batch / imagesPerShard) * shardFloats;
  const dyFloats = outPixelsOf(convolution) * outChannels;
  const packedFloats = outPixelsOf(convolution) * paddedColumns(outChannels);
  threads.reserve(placedFloats(images.size, images.placement) + dyFloats + packedFloats + shardsFloats);
  const xAt = put(threads, images);
  const [dyAt, packedAt, shardsAt] = [dyFloats, packedFloats, shardsFloats].map((size) =>
    threads.take(size),
  ) as [number, number, number];
  threads.floats.set(floatsOf(backend, dy), dyAt);
  complete(threads, { kind: 'filter-gradient', convolution, xAt, dyAt, packedAt, shardsAt, imagesPerShard });
  const sum = addShards(threads.floats.subarray(shardsAt, shardsAt + shardsFloats), shardFloats);
  const gradient = backend.makeOutput(filterShape, 'float32');
  copyRows(sum, outChannels, floatsOf(backend, gradient));
  return gradient;
};

/** Turns each filter by 180° and swaps its channels: `[height, width, out, in]`. */
const turnFilter = (filter: Float32Array, [height, width, channels, outChannels]: Shape4D): Float32Array => {
  const turned = new Float32Array(filter.length);
  let from = 0;
  for (let tap = height * width - 1; tap >= 0; tap--) {
    for (let channel = 0; channel < channels; channel++) {
      for (let out = 0; out < outChannels; out++) {
        turned[(tap * outChannels + out) * channels + channel] = filter[from++] as number;
      }
    }
  }
  return turned;
};

/**
 * The gradient in the input: the output's gradient, its pixels spread out by the strides, convolved with the turned
 * filter.
 */
const inputGradient = (
  threads: ComputeThreads,
  backend: BackendWasm,
  window: SlidingWindow,
  { dy, filter, inputShape }: { dy: tf.TensorInfo; filter: tf.TensorInfo; inputShape: number[] },
): tf.TensorInfo => {
  const { batch, inHeight, inWidth, channels, outHeight, outWidth, filterHeight, filterWidth } = window;
  const [, , , outChannels] = filter.shape as Shape4D;
  const images = {
    pixels: floatsOf(backend, dy),
    size: { batch, height: outHeight, width: outWidth, channels: outChannels },
    placement: {
      height: inHeight + filterHeight - 1,
      width: inWidth + filterWidth - 1,
      top: filterHeight - 1 - window.padTop,
      left: filterWidth - 1 - window.padLeft,
      stepY: window.strideHeight,
      stepX: window.strideWidth,
    },
  };
  const convolution = {
    ...window,
    inHeight: images.placement.height,
    inWidth: images.placement.width,
    channels: outChannels,
    outHeight: inHeight,
    outWidth: inWidth,
    outChannels: channels,
    strideHeight: 1,
    strideWidth: 1,
  };
  const turned = turnFilter(floatsOf(backend, filter), filter.shape as Shape4D);
  const result = convolve(threads, convolution, images, turned);
  const dx = backend.makeOutput(inputShape, 'float32');
  copyRows(result, channels, floatsOf(backend, dx));
  return dx;
};

/** Adds a bias to each channel and cuts off what is negative, in place. */
const addBias = (values: Float32Array, bias: Float32Array | undefined, isRelu: boolean): void => {
  if (bias === undefined && !isRelu) return;
  const channels = bias?.length ?? 1;
  for (let at = 0; at < values.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const value = (values[at + channel] as number) + (bias?.[channel] ?? 0);
      values[at + channel] = isRelu && value < 0 ? 0 : value;
    }
  }
};

/** Channels last and no dilation: all that the models here use. */
const isPlain = ({ dataFormat, dilations = 1 }: ConvolutionAttributes): boolean =>
  dataFormat !== 'NCHW' && tf.backend_util.tupleValuesAreOne(dilations);

const defineForward = (threads: ComputeThreads): void => {
  defineWasmKernel<{ x: tf.TensorInfo; filter: tf.TensorInfo }, ConvolutionAttributes>(
    'Conv2D',
    (call, shipped) => {
      const { inputs, attrs, backend } = call;
      if (!isPlain(attrs) && shipped !== undefined) return shipped(call);
      return forward(threads, backend, convolutionWindow(inputs.x.shape, inputs.filter.shape, attrs), inputs);
    },
  );
  defineWasmKernel<{ x: tf.TensorInfo; filter: tf.TensorInfo; bias?: tf.TensorInfo }, FusedAttributes>(
    'FusedConv2D',
    (call, shipped) => {
      const { inputs, attrs, backend } = call;
      const isKnown = attrs.activation === 'linear' || attrs.activation === 'relu';
      if (!(isKnown && isPlain(attrs)) && shipped !== undefined) return shipped(call);
      const y = forward(
        threads,
        backend,
        convolutionWindow(inputs.x.shape, inputs.filter.shape, attrs),
        inputs,
      );
      const bias = inputs.bias && floatsOf(backend, inputs.bias);
      addBias(floatsOf(backend, y), bias, attrs.activation === 'relu');
      return y;
    },
  );
};

const defineGradients = (threads: ComputeThreads): void => {
  defineWasmKernel<
    { x: tf.TensorInfo; dy: tf.TensorInfo },
    ConvolutionAttributes & { filterShape: number[] }
  >('Conv2DBackpropFilter', ({ inputs: { x, dy }, attrs, backend }) => {
    const { filterShape } = attrs;
    return filterGradient(threads, backend, convolutionWindow(x.shape, filterShape, attrs), {
      x,
      dy,
      filterShape,
    });
  });
  defineWasmKernel<
    { dy: tf.TensorInfo; filter: tf.TensorInfo },
    ConvolutionAttributes & { inputShape: number[] }
  >('Conv2DBackpropInput', (call, shipped) => {
    const {
      inputs: { dy, filter },
      attrs,
      backend,
    } = call;
    if (!isPlain(attrs) && shipped !== undefined) return shipped(call);
    const { inputShape } = attrs;
    const window = convolutionWindow(inputShape, filter.shape, attrs);
    return inputGradient(threads, backend, window, { dy, filter, inputShape });
  });
};

/**
 * Registers the convolution and its two gradients on threads of our own. TensorFlow.js lacks the filter's gradient, has
 * the input's in a plain loop, and runs all on one thread. Channels come last, as everywhere on this backend.
 */
export const defineConvolutions = (threads: ComputeThreads): void => {
  defineForward(threads);
  defineGradients(threads);
};
