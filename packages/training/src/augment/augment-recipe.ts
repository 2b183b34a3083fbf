import type { ErasingOptions } from './random-erasing.ts';
import type { KerasTransformOptions } from './keras-transform.ts';

/**
 * How training pictures are varied; plain JSON, so that it goes into checkpoints and cards as it is. The steps follow
 * in this order: affine change, crop and flips (one interpolation for all three), channel shift, brightness, jitter,
 * erasing, mixup.
 *
 * Keras' `rescale` is absent on purpose: batches hold [0, 255], and the network's first layer multiplies by 1/255. That
 * gives the same numbers as rescaling here, and the factor travels with the graph instead of with its users.
 */
export interface AugmentRecipe extends KerasTransformOptions {
  /** Pads by this many pixels before cropping, so that the crop may reach outside (filled by `fillMode`). */
  readonly cropPaddingPx: number;
  /**
   * Side of a square cut at a random place; null keeps the picture's size. Batches then hold `cropPx × cropPx`, which
   * the network must take: one with global pooling does, and scores whole pictures all the same.
   */
  readonly cropPx: number | null;
  /** Multiplies values by a factor, uniform in 1 ± this. */
  readonly brightnessJitter: number;
  /** Stretches values about the picture's mean by a factor, uniform in 1 ± this. */
  readonly contrastJitter: number;
  /** Covers a rectangle with noise; null = off. */
  readonly erasing: ErasingOptions | null;
  /** α of the Beta(α, α) that mixup draws its shares from; 0 = off. */
  readonly mixupAlpha: number;
}

/** Leaves every picture as it is. */
export const NO_AUGMENTATION: AugmentRecipe = {
  rotationRangeDeg: 0,
  widthShiftRange: 0,
  heightShiftRange: 0,
  shearRangeDeg: 0,
  zoomRange: 0,
  isotropicZoom: false,
  horizontalFlip: false,
  verticalFlip: false,
  channelShiftRange: 0,
  brightnessRange: null,
  fillMode: 'nearest',
  cval: 0,
  cropPaddingPx: 0,
  cropPx: null,
  brightnessJitter: 0,
  contrastJitter: 0,
  erasing: null,
  mixupAlpha: 0,
};

/** The recipe of the `document` network: `ImageDataGenerator` with the ranges of Keras' classic small-data tutorial. */
export const DOCUMENT_RECIPE: AugmentRecipe = {
  ...NO_AUGMENTATION,
  rotationRangeDeg: 40,
  widthShiftRange: 0.2,
  heightShiftRange: 0.2,
  shearRangeDeg: 0.2,
  zoomRange: 0.2,
  horizontalFlip: true,
};

/**
 * The recipe of the `residual` network: similarity changes, since a face's proportions carry its expression, light, and
 * random erasing against leaning on one part of the face.
 */
export const RESIDUAL_RECIPE: AugmentRecipe = {
  ...NO_AUGMENTATION,
  rotationRangeDeg: 15,
  widthShiftRange: 0.1,
  heightShiftRange: 0.1,
  zoomRange: 0.15,
  isotropicZoom: true,
  horizontalFlip: true,
  brightnessJitter: 0.2,
  contrastJitter: 0.2,
  erasing: { probability: 0.25, areaRange: [0.02, 0.2], aspectRange: [0.3, 3.3] },
};
