import type { Random } from '@mien/contract';

/** Ranges of random erasing. */
export interface ErasingOptions {
  /** Share of the pictures that lose a rectangle, in [0, 1]. */
  readonly probability: number;
  /** The rectangle's share of the picture's area. */
  readonly areaRange: readonly [low: number, high: number];
  /** The rectangle's height over its width; log-uniform between the two. */
  readonly aspectRange: readonly [low: number, high: number];
}

/** A rectangle of whole pixels. */
export interface PixelRectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** The paper redraws until a rectangle fits; this many draws fail together only where hardly any would fit. */
const DRAWS = 20;

/**
 * Draws the rectangle of random erasing (Zhong et al. 2017, arXiv:1708.04896, algorithm 1).
 *
 * @returns null where the picture keeps everything: by chance, or as no rectangle of whole pixels fits the ranges.
 */
export const drawErasing = (
  options: ErasingOptions,
  size: { readonly heightPx: number; readonly widthPx: number },
  random: Random,
): PixelRectangle | null => {
  if (!random.chance(options.probability)) return null;
  const area = size.heightPx * size.widthPx;
  const [lowArea, highArea] = options.areaRange;
  const [lowAspect, highAspect] = options.aspectRange;
  for (let draw = 0; draw < DRAWS; draw++) {
    const wanted = random.uniform(lowArea, highArea) * area;
    const aspect = Math.exp(random.uniform(Math.log(lowAspect), Math.log(highAspect)));
    const height = Math.round(Math.sqrt(wanted * aspect));
    const width = Math.round(Math.sqrt(wanted / aspect));
    const share = (height * width) / area;
    const fits = height <= size.heightPx && width <= size.widthPx && share >= lowArea && share <= highArea;
    if (!fits || height * width === 0) continue;
    const top = random.integer(size.heightPx - height + 1);
    return { top, left: random.integer(size.widthPx - width + 1), height, width };
  }
  return null;
};

/** Fills a rectangle with noise, uniform in [0, 255], every value on its own: the paper's best variant (RE-R). */
export const eraseRectangle = (
  image: { readonly pixels: Float32Array; readonly widthPx: number; readonly channels: number },
  rectangle: PixelRectangle,
  random: Random,
): void => {
  const { top, left, height, width } = rectangle;
  for (let row = top; row < top + height; row++) {
    const start = (row * image.widthPx + left) * image.channels;
    const end = start + width * image.channels;
    for (let index = start; index < end; index++) image.pixels[index] = random.next() * 255;
  }
};
