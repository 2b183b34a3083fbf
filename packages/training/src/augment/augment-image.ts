import type { Random } from '@mien/contract';
import { jitterLight, scaleBrightness, shiftValues } from './adjust-light.ts';
import { kerasSourceMap } from './affine-matrix.ts';
import type { AugmentRecipe } from './augment-recipe.ts';
import { drawKerasTransform, type KerasTransform } from './keras-transform.ts';
import { drawErasing, eraseRectangle } from './random-erasing.ts';
import { warpImage, type WarpWindow } from './warp-image.ts';

/** The size of decoded pictures. */
export interface ImageGeometry {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 1 | 3;
}

/** The size that a recipe's pictures have: the source's, unless it crops. */
export const augmentedSize = (
  recipe: AugmentRecipe,
  geometry: ImageGeometry,
): { heightPx: number; widthPx: number } => ({
  heightPx: recipe.cropPx ?? geometry.heightPx,
  widthPx: recipe.cropPx ?? geometry.widthPx,
});

/** Where the crop starts: anywhere that keeps it inside the padded picture. */
const drawCropStart = (lengthPx: number, cropLengthPx: number, paddingPx: number, random: Random): number => {
  const places = lengthPx + 2 * paddingPx - cropLengthPx + 1;
  return places === 1 ? -paddingPx : random.integer(places) - paddingPx;
};

/** The crop, seen through the flips: Keras flips the whole picture, and the crop is cut from that. */
const drawWindow = (
  recipe: AugmentRecipe,
  geometry: ImageGeometry,
  flips: KerasTransform,
  random: Random,
): WarpWindow => {
  const { heightPx, widthPx } = augmentedSize(recipe, geometry);
  const top = drawCropStart(geometry.heightPx, heightPx, recipe.cropPaddingPx, random);
  const left = drawCropStart(geometry.widthPx, widthPx, recipe.cropPaddingPx, random);
  return {
    height: heightPx,
    width: widthPx,
    firstRow: flips.flipVertical ? geometry.heightPx - 1 - top : top,
    firstColumn: flips.flipHorizontal ? geometry.widthPx - 1 - left : left,
    rowStep: flips.flipVertical ? -1 : 1,
    columnStep: flips.flipHorizontal ? -1 : 1,
  };
};

const adjustLight = (
  pixels: Float32Array,
  recipe: AugmentRecipe,
  drawn: KerasTransform,
  random: Random,
): void => {
  if (drawn.channelShift !== 0) shiftValues(pixels, drawn.channelShift);
  if (drawn.brightness !== null) scaleBrightness(pixels, drawn.brightness);
  if (recipe.brightnessJitter > 0 || recipe.contrastJitter > 0) jitterLight(pixels, recipe, random);
};

/**
 * Draws one variation of a picture.
 *
 * @param source bytes of all pictures, `[heightPx, widthPx, channels]` each; this one starts at `sourceOffset`.
 * @param target takes the values, in [0, 255], `[heightPx, widthPx, channels]` of {@link augmentedSize}.
 * @param random the picture's own stream: everything drawn comes from it, in a fixed order.
 */
export const augmentImage = (
  recipe: AugmentRecipe,
  geometry: ImageGeometry,
  { source, sourceOffset }: { readonly source: Uint8Array; readonly sourceOffset: number },
  target: Float32Array,
  random: Random,
): void => {
  const { heightPx, widthPx, channels } = geometry;
  const drawn = drawKerasTransform(recipe, geometry, random);
  const window = drawWindow(recipe, geometry, drawn, random);
  warpImage({
    source,
    sourceOffset,
    height: heightPx,
    width: widthPx,
    channels,
    map: kerasSourceMap(drawn, { height: heightPx, width: widthPx }),
    window,
    fillMode: recipe.fillMode,
    cval: recipe.cval,
    target,
    targetOffset: 0,
  });
  adjustLight(target, recipe, drawn, random);
  if (recipe.erasing === null) return;
  const rectangle = drawErasing(recipe.erasing, augmentedSize(recipe, geometry), random);
  if (rectangle !== null)
    eraseRectangle({ pixels: target, widthPx: window.width, channels }, rectangle, random);
};
