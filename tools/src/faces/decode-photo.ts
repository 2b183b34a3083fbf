import type { Frame } from '@mien/pipeline';
import type { Sharp } from 'sharp';

/** Decodes a picture, or whatever was made of one, to a frame. */
export const decodePhoto = async (picture: Sharp): Promise<Frame> => {
  const { data, info } = await picture
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgba: data };
};
