import { UndecodableImageError } from './image-errors.ts';
import { describeImage, type Drawable } from './image-source.ts';

/**
 * Decodes a picture, upright and at its full size; the caller closes what it gives.
 *
 * @throws {UndecodableImageError} when it is not a picture, or an empty one.
 */
export const toBitmap = async (image: Drawable | ImageData): Promise<ImageBitmap> => {
  try {
    if ('decode' in image) await image.decode();
    // The stored values as they are: a colour profile would be applied differently by each browser and by sharp.
    return await createImageBitmap(image, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  } catch (cause) {
    throw new UndecodableImageError(describeImage(image), { cause });
  }
};
