import { describeError } from '@mien/contract';
import type { Recognizer } from '@mien/infer-node';
import { basename } from 'node:path';
import type { PictureResult } from '../../run/result.ts';
import type { Output } from '../output.ts';
import type { ResultFiles } from '../result-files.ts';
import type { PageFace, PagePicture } from './page-data.ts';
import { faceImage, pictureSidePx, smallPicture } from './page-images.ts';
import { dataElement, pageTemplate } from './page-template.ts';
import { toThousandths } from './to-thousandths.ts';
import { VideoRecording } from './video-recording.ts';
import { videoStills } from './video-stills.ts';

const toPageFace = async (face: PictureResult['faces'][number]): Promise<PageFace> => {
  const { label, unsureReasons, unsure, box, quality, crop } = face;
  if (crop === undefined) throw new TypeError('A face was read without its crop.');
  const round = (value: number): number => Math.round(value * 10) / 10;
  return {
    label,
    thousandths: toThousandths(face),
    unsure: unsure ? unsureReasons : [],
    box: [round(box.leftPx), round(box.topPx), round(box.widthPx), round(box.heightPx)],
    quality: Math.round(quality.score * 100),
    image: await faceImage(crop),
  };
};

const toPagePicture = async (result: PictureResult, sidePx: number): Promise<PagePicture> => {
  const { input, widthPx, heightPx, faces } = result;
  return {
    name: input.name,
    widthPx,
    heightPx,
    // Nobody opens a picture in which there is nothing to see.
    image: faces.length === 0 ? '' : await smallPicture(input.source, sidePx),
    faces: await Promise.all(faces.map(toPageFace)),
  };
};

/**
 * Writes one self-contained page that shows every face, to filter, sort and open, and every video on a timeline. It grows
 * on the disk picture by picture and is seen once it is whole.
 *
 * @param params.file absolute.
 * @param params.inputs how many there are.
 * @throws {UnwritableOutputError} when the file cannot be begun.
 */
export const htmlOutput = async (params: {
  readonly file: string;
  readonly files: ResultFiles;
  readonly inputs: number;
  readonly recognizer: Pick<Recognizer, 'device'> & {
    readonly card: { readonly name: string; readonly labels: readonly string[] };
  };
  readonly colours: ReadonlyMap<string, string>;
  readonly ffmpeg: string;
  readonly signal: AbortSignal;
}): Promise<Output> => {
  const { file, files, inputs, recognizer, colours, ffmpeg, signal } = params;
  const { card, device } = recognizer;
  const page = await files.grow(file);
  const { start, end } = pageTemplate(`Faces: ${basename(file)}`);
  const labels = [...colours].map(([label, colour]) => ({ label, colour }));
  await page.write(start + dataElement('head', { labels, modelName: card.name, provider: device.provider }));
  const sidePx = pictureSidePx(inputs);
  return {
    picture: async (result) => {
      const picture = dataElement('picture', await toPagePicture(result, sidePx));
      return () => page.write(picture);
    },
    video: ({ name, source }) => {
      const recording = new VideoRecording(card.labels);
      const write = async (): Promise<void> => {
        if (typeof source !== 'string') throw new TypeError('A video lies in a file.');
        const { frames, endMs } = recording;
        const stills = await videoStills({ ffmpeg, path: source, frames, endMs, signal });
        await page.write(dataElement('video', await recording.toPage(name, stills)));
      };
      return { frame: (frame) => recording.add(frame), end: write, abandon: () => undefined };
    },
    failure: ({ name, error }) => page.write(dataElement('failure', { name, message: describeError(error) })),
    end: async () => {
      await page.write(end);
      await page.finish();
    },
    discard: () => page.discard(),
  };
};
