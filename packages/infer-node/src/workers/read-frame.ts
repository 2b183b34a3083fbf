import type { Frame } from '@mien/pipeline';
import { decodeImage } from '../image/decode-image.ts';
import type { NamedImage } from '../image/image-source.ts';
import { readImageFile } from '../image/read-image-file.ts';

/** How much of a picture is taken. */
export interface ReadLimits {
  readonly maxBytes: number;
  readonly maxPixels: number;
}

/**
 * Reads an encoded picture's bytes, where they are not there yet.
 *
 * @throws what {@link readImageFile} throws.
 */
export const readEncoded = async (
  image: Exclude<NamedImage, { readonly frame: Frame }>,
  { maxBytes }: ReadLimits,
): Promise<Uint8Array> =>
  'bytes' in image ? image.bytes : readImageFile(image.path, { name: image.name, maxBytes });

/**
 * Reads and decodes a picture; a frame is one already.
 *
 * @throws what {@link readImageFile} and {@link decodeImage} throw.
 */
export const readFrame = async (image: NamedImage, limits: ReadLimits): Promise<Frame> => {
  if ('frame' in image) return image.frame;
  return decodeImage(await readEncoded(image, limits), { name: image.name, maxPixels: limits.maxPixels });
};
