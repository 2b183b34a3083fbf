import { MienError } from '@mien/contract';
import { kerasSourceMap, type AffineTransform } from './affine-matrix.ts';
import { FILL_MODES, type FillMode } from './fill-mode.ts';
import { warpImage } from './warp-image.ts';

/** One picture as numbers. */
export interface ImagePixels {
  /** Row-major, channels last, `height * width * channels` long; read only. */
  readonly pixels: ArrayLike<number>;
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  readonly channels: number;
}

/** What stands outside the picture. */
export interface FillOptions {
  readonly fillMode?: FillMode;
  /** The value outside the picture under `constant`. */
  readonly cval?: number;
}

/** A picture whose numbers do not fit its size, or a change that is not made of finite numbers. */
export class InvalidTransformError extends MienError {
  override readonly name = 'InvalidTransformError';
  constructor(
    readonly field: string,
    readonly value: unknown,
    readonly expected: string,
  ) {
    super(`Cannot transform the picture: ${field} must be ${expected}, got ${String(value)}.`);
  }
}

const isSize = (value: number): boolean => Number.isInteger(value) && value > 0;

const check = (image: ImagePixels, transform: AffineTransform, { fillMode, cval }: Required<FillOptions>) => {
  const { pixels, height, width, channels } = image;
  for (const [field, value] of Object.entries({ height, width, channels }))
    if (!isSize(value)) throw new InvalidTransformError(field, value, 'a positive whole number');
  if (pixels.length !== height * width * channels) {
    const expected = `${height}×${width}×${channels} = ${height * width * channels} long`;
    throw new InvalidTransformError('pixels', `${pixels.length} values`, expected);
  }
  const { thetaDeg, tx, ty, shearDeg, zx, zy } = transform;
  for (const [field, value] of Object.entries({ thetaDeg, tx, ty, shearDeg, zx, zy, cval }))
    if (!Number.isFinite(value)) throw new InvalidTransformError(field, value, 'a finite number');
  if (!FILL_MODES.includes(fillMode))
    throw new InvalidTransformError('fillMode', fillMode, `one of ${FILL_MODES.join(', ')}`);
};

/**
 * Rotates, shifts, shears, zooms and mirrors one picture as Keras' `ImageDataGenerator.apply_transform` does, linear
 * interpolation included.
 *
 * @param fill `nearest` unless said otherwise; `cval` is 0 unless said otherwise.
 * @returns `[height, width, channels]`, in the units of `pixels`.
 * @throws {InvalidTransformError} when the pixels do not match the size or a number is not finite.
 * @example
 * const turned = applyAffineTransform(
 *   { pixels, height: 48, width: 48, channels: 1 },
 *   { thetaDeg: 15, tx: 0, ty: 0, shearDeg: 0, zx: 1, zy: 1, flipHorizontal: true },
 * );
 */
export const applyAffineTransform = (
  image: ImagePixels,
  transform: AffineTransform,
  fill: FillOptions = {},
): Float32Array => {
  const { fillMode = 'nearest', cval = 0 } = fill;
  check(image, transform, { fillMode, cval });
  const { pixels, height, width, channels } = image;
  const { flipHorizontal, flipVertical = false } = transform;
  const target = new Float32Array(height * width * channels);
  warpImage({
    source: pixels,
    sourceOffset: 0,
    height,
    width,
    channels,
    map: kerasSourceMap(transform, { height, width }),
    window: {
      height,
      width,
      firstRow: flipVertical ? height - 1 : 0,
      firstColumn: flipHorizontal ? width - 1 : 0,
      rowStep: flipVertical ? -1 : 1,
      columnStep: flipHorizontal ? -1 : 1,
    },
    fillMode,
    cval,
    target,
    targetOffset: 0,
  });
  return target;
};
