import { extname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { drawFaces, enlargementOf } from '../draw/draw-faces.ts';
import type { PictureResult } from '../run/result.ts';
import type { Output } from './output.ts';
import type { ResultFiles } from './result-files.ts';

/** Fine enough that letters have no halo. */
const JPEG = { quality: 90, chromaSubsampling: '4:4:4' };

const compose = async (
  { input, widthPx, heightPx, faces }: PictureResult,
  colours: ReadonlyMap<string, string>,
): Promise<Sharp> => {
  const drawing = drawFaces({ faces, widthPx, heightPx, colours });
  const scale = enlargementOf(widthPx, heightPx);
  const picture = sharp(input.source).autoOrient();
  // sharp shrinks and enlarges before it lays over, so the drawing has the enlarged size.
  const enlarged = scale === 1 ? picture : picture.resize(widthPx * scale, heightPx * scale);
  return enlarged.composite([{ input: Buffer.from(drawing) }]);
};

/**
 * Writes each picture with its faces drawn on it into a folder: PNG for PNG, JPEG for all else. Nothing of the
 * original's metadata, such as the place it was taken at, goes along.
 *
 * @param params.folder absolute.
 * @param params.onVideo is told of videos, which are not drawn on.
 */
export const annotateOutput = (params: {
  readonly folder: string;
  readonly files: ResultFiles;
  readonly colours: ReadonlyMap<string, string>;
  readonly onVideo: (name: string) => void;
}): Output => {
  const { folder, files, colours, onVideo } = params;
  return {
    picture: async (result) => {
      const isPng = extname(result.input.name).toLowerCase() === '.png';
      const composed = await compose(result, colours);
      const bytes = await (
        isPng ? composed.png() : composed.flatten({ background: '#ffffff' }).jpeg(JPEG)
      ).toBuffer();
      await files.write(join(folder, `${result.input.outputStem}.${isPng ? 'png' : 'jpg'}`), bytes);
      return undefined;
    },
    video: ({ name }) => {
      onVideo(name);
      return { frame: () => undefined, end: () => undefined, abandon: () => undefined };
    },
    failure: () => undefined,
    end: () => undefined,
    discard: () => undefined,
  };
};
