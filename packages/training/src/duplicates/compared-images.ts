import { resizePlane, type InputGeometry } from '@mien/pixels';
import { describePlane, DESCRIPTOR_LENGTH } from './describe-plane.ts';

/** Side of the gray planes on which images are compared, whatever their own size. */
export const COMPARED_SIZE_PX = 48;

const HALF_SIZE_PX = COMPARED_SIZE_PX / 2;

/** Below this standard deviation, in gray levels, a picture shows nothing that could be compared. */
const FLAT_DEVIATION = 2;

/** Images made ready for being compared with each other. */
export interface ComparedImages {
  readonly count: number;
  /** Gray bytes in [0, 255], `[COMPARED_SIZE_PX, COMPARED_SIZE_PX]`; read only. */
  plane(image: number): Uint8Array;
  /** The same at half the size. */
  halfPlane(image: number): Uint8Array;
  /** What {@link describePlane} makes of every image, `[count, DESCRIPTOR_LENGTH]`; zeros for flat ones. */
  readonly descriptors: Float32Array;
  /** 1 where an image is so even that only exact equality tells anything, `[count]`. */
  readonly isFlat: Uint8Array;
}

/** Makes the gray plane of one image. */
const planeOf = (image: Uint8Array, { widthPx, heightPx, channels }: InputGeometry): Uint8Array => {
  if (widthPx === COMPARED_SIZE_PX && heightPx === COMPARED_SIZE_PX && channels === 1) return image;
  const values = new Float64Array(widthPx * heightPx);
  for (let at = 0; at < image.length; at++)
    values[Math.floor(at / channels)]! += (image[at] as number) / channels;
  const size = { widthPx: COMPARED_SIZE_PX, heightPx: COMPARED_SIZE_PX };
  return Uint8Array.from(resizePlane({ widthPx, heightPx, values }, size).values, Math.round);
};

const halvePlane = (plane: Uint8Array, into: Uint8Array): void => {
  for (let y = 0; y < HALF_SIZE_PX; y++)
    for (let x = 0; x < HALF_SIZE_PX; x++) {
      const at = 2 * y * COMPARED_SIZE_PX + 2 * x;
      const upper = (plane[at] as number) + (plane[at + 1] as number);
      const lower = (plane[at + COMPARED_SIZE_PX] as number) + (plane[at + COMPARED_SIZE_PX + 1] as number);
      into[y * HALF_SIZE_PX + x] = (upper + lower + 2) >> 2;
    }
};

const deviationOf = (plane: Uint8Array): number => {
  let sum = 0;
  let squares = 0;
  for (const value of plane) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / plane.length;
  return Math.sqrt(Math.max(0, squares / plane.length - mean * mean));
};

/**
 * Makes images ready for being compared: gray, of one size, with a short descriptor each.
 *
 * @param params.pixels of several splits, each `[images, heightPx, widthPx, channels]`; images are numbered through.
 */
export const compareImages = (params: {
  readonly pixels: readonly Uint8Array[];
  readonly geometry: InputGeometry;
}): ComparedImages => {
  const { geometry } = params;
  const bytesEach = geometry.widthPx * geometry.heightPx * geometry.channels;
  const planes = params.pixels.flatMap((pixels) =>
    Array.from({ length: pixels.length / bytesEach }, (_, image) =>
      planeOf(pixels.subarray(image * bytesEach, (image + 1) * bytesEach), geometry),
    ),
  );
  const halfArea = HALF_SIZE_PX * HALF_SIZE_PX;
  const halves = new Uint8Array(planes.length * halfArea);
  const half = (image: number): Uint8Array => halves.subarray(image * halfArea, (image + 1) * halfArea);
  const descriptors = new Float32Array(planes.length * DESCRIPTOR_LENGTH);
  const isFlat = new Uint8Array(planes.length);
  for (const [image, plane] of planes.entries()) {
    halvePlane(plane, half(image));
    isFlat[image] = deviationOf(plane) < FLAT_DEVIATION ? 1 : 0;
    if (isFlat[image] === 0) descriptors.set(describePlane(plane), image * DESCRIPTOR_LENGTH);
  }
  return {
    count: planes.length,
    plane: (image) => planes[image] as Uint8Array,
    halfPlane: half,
    descriptors,
    isFlat,
  };
};
