import type { Random } from '@mien/contract';
import type { AffineTransform } from './affine-matrix.ts';
import type { FillMode } from './fill-mode.ts';

/**
 * How far a picture may be shifted along one axis. Below 1 a fraction of the size; a whole number n from 1 up means a
 * whole number of pixels below n, either way; other numbers over 1 are pixels, uniform; a list is chosen from, with
 * either sign (fractions where every entry is below 1).
 */
export type ShiftRange = number | readonly number[];

/** Ranges of random changes, each with the meaning of the argument of Keras' `ImageDataGenerator` that it is named after. */
export interface KerasTransformOptions {
  /** `rotation_range`: uniform in ± this many degrees. */
  readonly rotationRangeDeg: number;
  /** `width_shift_range`. */
  readonly widthShiftRange: ShiftRange;
  /** `height_shift_range`. */
  readonly heightShiftRange: ShiftRange;
  /** `shear_range`: uniform in ± this many degrees (0.2 is a fifth of a degree, as in Keras). */
  readonly shearRangeDeg: number;
  /** `zoom_range`: z means [1 − z, 1 + z]; both axes are drawn independently. Over 1 shrinks the picture. */
  readonly zoomRange: number | readonly [low: number, high: number];
  /** Draws one zoom for both axes, so that shapes keep their proportions. Keras has no such option: false there. */
  readonly isotropicZoom: boolean;
  /** `horizontal_flip`: mirrors every second picture. */
  readonly horizontalFlip: boolean;
  /** `vertical_flip`. */
  readonly verticalFlip: boolean;
  /** `channel_shift_range`: adds a number, uniform in ± this, within the picture's own extremes; 0 = off. */
  readonly channelShiftRange: number;
  /** `brightness_range`: multiplies by a factor, uniform between the two, in whole gray levels; null = off. */
  readonly brightnessRange: readonly [low: number, high: number] | null;
  /** `fill_mode`. */
  readonly fillMode: FillMode;
  /** `cval`: the value outside the picture under `constant`, in [0, 255]. */
  readonly cval: number;
}

/** One draw from {@link KerasTransformOptions}. */
export interface KerasTransform extends AffineTransform {
  readonly flipVertical: boolean;
  /** Added to every value. */
  readonly channelShift: number;
  /** Factor, or null where brightness stays. */
  readonly brightness: number | null;
}

const drawShift = (range: ShiftRange, lengthPx: number, random: Random): number => {
  if (typeof range !== 'number') {
    const chosen = (range[random.integer(range.length)] ?? 0) * (random.chance(0.5) ? 1 : -1);
    return Math.max(...range) < 1 ? chosen * lengthPx : chosen;
  }
  if (range < 1) return random.uniform(-range, range) * lengthPx;
  if (Number.isInteger(range)) return random.integer(range) * (random.chance(0.5) ? 1 : -1);
  return random.uniform(-range, range);
};

const drawZoom = (options: KerasTransformOptions, random: Random): { zx: number; zy: number } => {
  const { zoomRange, isotropicZoom } = options;
  const [low, high] = typeof zoomRange === 'number' ? [1 - zoomRange, 1 + zoomRange] : zoomRange;
  const zx = random.uniform(low, high);
  return { zx, zy: isotropicZoom ? zx : random.uniform(low, high) };
};

/**
 * Draws one change as Keras' `ImageDataGenerator.get_random_transform` does: `tx` from the height's range and `ty` from
 * the width's (see {@link AffineTransform} for which way each moves the picture).
 *
 * @param options ranges, checked already (see `validateAugmentRecipe`).
 */
export const drawKerasTransform = (
  options: KerasTransformOptions,
  size: { readonly heightPx: number; readonly widthPx: number },
  random: Random,
): KerasTransform => ({
  thetaDeg: random.uniform(-options.rotationRangeDeg, options.rotationRangeDeg),
  tx: drawShift(options.heightShiftRange, size.heightPx, random),
  ty: drawShift(options.widthShiftRange, size.widthPx, random),
  shearDeg: random.uniform(-options.shearRangeDeg, options.shearRangeDeg),
  ...drawZoom(options, random),
  flipHorizontal: random.chance(0.5) && options.horizontalFlip,
  flipVertical: random.chance(0.5) && options.verticalFlip,
  channelShift: random.uniform(-options.channelShiftRange, options.channelShiftRange),
  brightness: options.brightnessRange === null ? null : random.uniform(...options.brightnessRange),
});
