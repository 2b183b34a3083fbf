import type { Frame } from '@mien/pipeline';
import sharp, { type Sharp } from 'sharp';

const toDataUri = async (image: Sharp, quality: number): Promise<string> =>
  `data:image/webp;base64,${(await image.webp({ quality }).toBuffer()).toString('base64')}`;

/** How large pictures are kept in a page, in pixels along their longer side: smaller the more there are. */
export const pictureSidePx = (pictures: number): number => {
  if (pictures <= 100) return 960;
  return pictures <= 1000 ? 560 : 320;
};

/** A small version of a picture, upright and without its metadata, as a data URI. */
export const smallPicture = (source: string | Uint8Array, sidePx: number): Promise<string> =>
  toDataUri(
    sharp(source)
      .autoOrient()
      .resize({ width: sidePx, height: sidePx, fit: 'inside', withoutEnlargement: true }),
    72,
  );

/** A face as it was aligned, as a data URI. */
export const faceImage = ({ rgba, widthPx, heightPx }: Frame): Promise<string> =>
  toDataUri(
    sharp(rgba, { raw: { width: widthPx, height: heightPx, channels: 4 } })
      .removeAlpha()
      .resize({ width: 112, height: 112, withoutEnlargement: true }),
    76,
  );
