import type { Frame } from '@mien/pipeline';
import { createPixelReader } from './create-pixel-reader.ts';
import { describeImage, plainPixels } from './image-source.ts';
import { toBitmap } from './to-bitmap.ts';
import type { FaceImage } from '../classifier.ts';

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
  const rgba = 'data' in image ? plainPixels(image) : undefined;
  if (rgba !== undefined && 'data' in image) return { widthPx: image.width, heightPx: image.height, rgba };
  const bitmap = await toBitmap(image);
  try {
    return createPixelReader()(bitmap, describeImage(image));
  } finally {
    bitmap.close();
  }
};
