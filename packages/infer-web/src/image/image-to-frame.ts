import { MienError } from '@mien/contract';
import type { Frame } from '@mien/pipeline';
import type { FaceImage } from '../classifier.ts';

/** A picture that the browser cannot decode. */
export class UndecodableImageError extends MienError {
  override readonly name = 'UndecodableImageError';
  constructor(
    /** What it is, e.g. `the file "notes.txt"`. */
    readonly picture: string,
    options?: ErrorOptions,
  ) {
    super(
      `Cannot decode ${picture}. Pass a whole PNG, JPEG or WebP picture, or a canvas with content.`,
      options,
    );
  }
}

/** A picture from another origin, whose pixels the browser hides from the page. */
export class UnreadableImageError extends MienError {
  override readonly name = 'UnreadableImageError';
  constructor(
    readonly picture: string,
    options?: ErrorOptions,
  ) {
    super(
      `The browser does not let this page read the pixels of ${picture}, which comes from another origin. ` +
        'Load it with crossorigin="anonymous" from a server that allows it, or pass it as a Blob.',
      options,
    );
  }
}

type Drawable = Exclude<FaceImage, Frame | ImageData>;

const describe = (image: Drawable | ImageData): string => {
  if (image instanceof Blob) return 'name' in image ? `the file "${String(image.name)}"` : 'the blob';
  if ('src' in image) return `the image ${image.src.slice(0, 200)}`;
  return `the ${image.constructor.name} of ${image.width}×${image.height} px`;
};

const toBitmap = async (image: Drawable | ImageData): Promise<ImageBitmap> => {
  try {
    if ('decode' in image) await image.decode();
    // The stored values as they are: a colour profile would be applied differently by each browser and by sharp.
    return await createImageBitmap(image, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  } catch (cause) {
    throw new UndecodableImageError(describe(image), { cause });
  }
};

const readPixels = (bitmap: ImageBitmap, image: Drawable | ImageData): Frame => {
  const { width, height } = bitmap;
  // Kept in memory rather than on the GPU, where rounding may differ.
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new UndecodableImageError(describe(image));
  context.drawImage(bitmap, 0, 0);
  try {
    return { widthPx: width, heightPx: height, rgba: context.getImageData(0, 0, width, height).data };
  } catch (cause) {
    throw new UnreadableImageError(describe(image), { cause });
  }
};

/** True for pixels that already are what a frame holds. */
const isPlainSrgb = (image: ImageData): boolean =>
  image.colorSpace === 'srgb' && image.data instanceof Uint8ClampedArray;

/**
 * Gets at the pixels of a picture: upright (EXIF orientation is honoured), at their full size, in RGBA. Nothing is
 * scaled and no colour is converted here; that is left to the code that Node shares.
 *
 * Opaque pictures come out exactly as stored. Browsers keep translucent pixels premultiplied, which may cost one
 * step of 255 there.
 *
 * @throws {UndecodableImageError} when it is not a picture, or an empty one.
 * @throws {UnreadableImageError} when it comes from an origin that does not share it with the page.
 */
export const imageToFrame = async (image: FaceImage): Promise<Frame> => {
  if ('rgba' in image) return image;
  if ('data' in image && isPlainSrgb(image))
    return { widthPx: image.width, heightPx: image.height, rgba: image.data as Uint8ClampedArray };
  const bitmap = await toBitmap(image);
  try {
    return readPixels(bitmap, image);
  } finally {
    bitmap.close();
  }
};
