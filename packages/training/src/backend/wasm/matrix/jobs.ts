import {
  kernelName,
  TILE_COLUMNS,
  TILE_ROWS,
  type MatrixKernel,
  type MatrixKernels,
} from './matrix-kernels.ts';
import { packPanels, paddedColumns } from './pack-panels.ts';

const FLOAT_BYTES = 4;

/** A convolution of images that are padded already: every window lies inside. Sizes in pixels. */
export interface PaddedConvolution {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly channels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
}

/** `y` = convolution of `x`. Places are in floats from the start of the shared memory. */
export interface ConvolveJob {
  readonly kind: 'convolve';
  readonly convolution: PaddedConvolution;
  /** `[batch, inHeight, inWidth, channels]`. */
  readonly xAt: number;
  /** The filter `[taps, outChannels]`, packed. */
  readonly filterAt: number;
  /** `[batch, outHeight, outWidth, paddedColumns(outChannels)]`. */
  readonly yAt: number;
}

/** The filter's gradient, in shards of the batch that are yet to be added up. */
export interface FilterGradientJob {
  readonly kind: 'filter-gradient';
  readonly convolution: PaddedConvolution;
  readonly xAt: number;
  /** `[batch, outHeight, outWidth, outChannels]`. */
  readonly dyAt: number;
  /** Room for `dy`, packed image by image. */
  readonly packedAt: number;
  /** `[shards, taps, paddedColumns(outChannels)]`. */
  readonly shardsAt: number;
  readonly imagesPerShard: number;
}

/** Work that threads share. */
export type Job = ConvolveJob | FilterGradientJob;

/** What a thread works with. */
export interface ThreadContext {
  readonly floats: Float32Array;
  readonly kernels: MatrixKernels;
}

/** Numbers that one output is computed from. */
export const tapsOf = ({ filterHeight, filterWidth, channels }: PaddedConvolution): number =>
  filterHeight * filterWidth * channels;

/** The number of tasks that a job consists of. It does not depend on the number of threads, and so results do not. */
export const taskCount = (job: Job): number =>
  job.kind === 'convolve' ? job.convolution.batch : Math.ceil(job.convolution.batch / job.imagesPerShard);

/** A product as the kernels know it, with places and strides in floats and rows instead of strips. */
interface Product {
  readonly isDeep: boolean;
  readonly aAt: number;
  readonly aStride: number;
  readonly runs: number;
  readonly runStride: number;
  readonly depth: number;
  readonly bAt: number;
  readonly cAt: number;
  readonly cStride: number;
  readonly rows: number;
  readonly columns: number;
  readonly adds: boolean;
}

/** Multiplies with a packed `b`, panel by panel, in strips as even as can be. */
const multiplyPacked = (kernels: MatrixKernels, product: Product): void => {
  const { isDeep, aAt, aStride, runs, runStride, depth, bAt, cAt, cStride, rows, columns, adds } = product;
  const strips = Math.ceil(rows / TILE_ROWS);
  const height = Math.floor(rows / strips);
  const higherStrips = rows % strips;
  const rowStride = isDeep ? 1 : aStride;
  const run = (stripHeight: number, firstRow: number, count: number, column: number): void => {
    if (count === 0) return;
    const kernel = kernels[kernelName(stripHeight, isDeep)] as MatrixKernel;
    kernel(
      (aAt + firstRow * rowStride) * FLOAT_BYTES,
      aStride * FLOAT_BYTES,
      runs,
      runStride * FLOAT_BYTES,
      depth,
      (bAt + column * runs * depth) * FLOAT_BYTES,
      (cAt + firstRow * cStride + column) * FLOAT_BYTES,
      cStride * FLOAT_BYTES,
      count,
      adds ? 1 : 0,
    );
  };
  for (let column = 0; column < columns; column += TILE_COLUMNS) {
    run(height + 1, 0, higherStrips, column);
    run(height, higherStrips * (height + 1), strips - higherStrips, column);
  }
};

/** Convolves one image: each row of output pixels is a product whose runs are the rows of the filter. */
const convolveImage = (
  { convolution, xAt, filterAt, yAt }: ConvolveJob,
  image: number,
  context: ThreadContext,
): void => {
  const { inHeight, inWidth, channels, filterHeight, filterWidth, outHeight, outWidth } = convolution;
  const cStride = paddedColumns(convolution.outChannels);
  for (let y = 0; y < outHeight; y++) {
    multiplyPacked(context.kernels, {
      isDeep: false,
      aAt: xAt + (image * inHeight + y * convolution.strideHeight) * inWidth * channels,
      aStride: convolution.strideWidth * channels,
      runs: filterHeight,
      runStride: inWidth * channels,
      depth: filterWidth * channels,
      bAt: filterAt,
      cAt: yAt + (image * outHeight + y) * outWidth * cStride,
      cStride,
      rows: outWidth,
      columns: convolution.outChannels,
      adds: false,
    });
  }
};

/** Adds up one image's part of the filter's gradient: for each row of the filter a product over all output pixels. */
const addImageGradient = (
  job: FilterGradientJob,
  image: number,
  shardAt: number,
  context: ThreadContext,
): void => {
  const { convolution, xAt, dyAt, packedAt, imagesPerShard } = job;
  const { inHeight, inWidth, channels, filterHeight, filterWidth, outHeight, outWidth, outChannels } =
    convolution;
  const outPixels = outHeight * outWidth;
  const cStride = paddedColumns(outChannels);
  const bAt = packedAt + image * outPixels * cStride;
  const dy = { at: dyAt + image * outPixels * outChannels, rowStride: outChannels, columnStride: 1 };
  packPanels(context.floats, dy, outPixels, outChannels, bAt);
  for (let tapY = 0; tapY < filterHeight; tapY++) {
    multiplyPacked(context.kernels, {
      isDeep: true,
      aAt: xAt + (image * inHeight + tapY) * inWidth * channels,
      aStride: convolution.strideWidth * channels,
      runs: outHeight,
      runStride: convolution.strideHeight * inWidth * channels,
      depth: outWidth,
      bAt,
      cAt: shardAt + tapY * filterWidth * channels * cStride,
      cStride,
      rows: filterWidth * channels,
      columns: outChannels,
      adds: image % imagesPerShard > 0,
    });
  }
};

/** Does one task of a job. Tasks of a job write to different places and may run in any order, on any thread. */
export const runTask = (job: Job, task: number, context: ThreadContext): void => {
  if (job.kind === 'convolve') {
    convolveImage(job, task, context);
    return;
  }
  const { convolution, imagesPerShard, shardsAt } = job;
  const first = task * imagesPerShard;
  const shardAt = shardsAt + task * tapsOf(convolution) * paddedColumns(convolution.outChannels);
  const end = Math.min(convolution.batch, first + imagesPerShard);
  for (let image = first; image < end; image++) addImageGradient(job, image, shardAt, context);
};
