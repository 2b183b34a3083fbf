import sharp from 'sharp';

/** A decoded picture: red, green and blue bytes in turn. */
export interface RgbPicture {
  readonly data: Uint8Array;
  readonly shape: [heightPx: number, widthPx: number, channels: 3];
}

/** Decodes with sharp, for libraries that take pixels. */
export const decodeRgb = async (encoded: Uint8Array): Promise<RgbPicture> => {
  const { data, info } = await sharp(encoded).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, shape: [info.height, info.width, 3] };
};
