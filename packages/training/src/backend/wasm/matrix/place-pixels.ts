/** Where the pixels of a batch go in a larger, zero-padded one. */
export interface Placement {
  readonly height: number;
  readonly width: number;
  /** Where the first row and column go; may be negative, and pixels that fall outside are left out. */
  readonly top: number;
  readonly left: number;
  /** Rows and columns from one pixel to the next; 1 keeps them side by side. */
  readonly stepY: number;
  readonly stepX: number;
}

/** Size of a batch of images. */
export interface BatchSize {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Floats of a batch as placed. */
export const placedFloats = ({ batch, channels }: BatchSize, { height, width }: Placement): number =>
  batch * height * width * channels;

/** The pixels of one axis that stay inside: `[first, end)`. */
const inside = (size: number, start: number, step: number, placedSize: number): [number, number] => {
  const first = Math.max(0, Math.ceil(-start / step));
  const end = Math.min(size, Math.floor((placedSize - 1 - start) / step) + 1);
  return [first, Math.max(first, end)];
};

/**
 * Copies a batch `[batch, height, width, channels]` into a padded, spread-out or cropped one.
 *
 * @param target as long as {@link placedFloats} says; whatever it held before is gone.
 */
export const placePixels = (
  pixels: Float32Array,
  { batch, height, width, channels }: BatchSize,
  placement: Placement,
  target: Float32Array,
): void => {
  const { top, left, stepY, stepX } = placement;
  const isSame =
    height === placement.height &&
    width === placement.width &&
    top === 0 &&
    left === 0 &&
    stepY * stepX === 1;
  if (isSame) {
    target.set(pixels);
    return;
  }
  target.fill(0);
  const [firstY, endY] = inside(height, top, stepY, placement.height);
  const [firstX, endX] = inside(width, left, stepX, placement.width);
  const run = (stepX === 1 ? endX - firstX : 1) * channels;
  for (let image = 0; image < batch; image++) {
    for (let y = firstY; y < endY; y++) {
      const from = (image * height + y) * width * channels;
      const to = ((image * placement.height + top + y * stepY) * placement.width + left) * channels;
      for (let x = firstX; x < endX; x += run / channels) {
        const start = from + x * channels;
        target.set(pixels.subarray(start, start + run), to + x * stepX * channels);
      }
    }
  }
};
