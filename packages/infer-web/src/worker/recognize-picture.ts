import {
  detectFaces,
  type Detector,
  type ExpressionModel,
  type Frame,
  givenOptions,
  readFaces,
  type RecognitionSettings,
} from '@mien/pipeline';
import type { PixelReader } from '../image/create-pixel-reader.ts';
import { describeImage } from '../image/image-source.ts';
import { toBitmap } from '../image/to-bitmap.ts';
import { closePicture, type Picture } from '../image/to-picture.ts';
import type { RecognizedImage } from '../recognizer.ts';
import type { RecognizeTask } from './jobs.ts';

/** What it takes to recognize. */
export interface RecognizeMeans {
  readonly detector: Detector;
  readonly expression: ExpressionModel;
  readonly readPixels: PixelReader;
  /** What holds for every picture unless its task says otherwise. */
  readonly recognition: RecognitionSettings;
}

const readPicture = async (picture: Picture, readPixels: PixelReader): Promise<Frame> => {
  if ('rgba' in picture) return picture;
  const decoded = picture instanceof Blob ? await toBitmap(picture) : picture;
  try {
    return readPixels(decoded, describeImage(picture));
  } finally {
    closePicture(decoded);
  }
};

/**
 * Reads a picture, finds its faces and reads them. The picture is closed.
 *
 * @param continueIfWanted is called between the parts, and throws where the work is not worth going on with.
 * @throws what decoding, finding and reading faces throw.
 */
export const recognizePicture = async (
  { picture, settings, cropPx }: RecognizeTask,
  { detector, expression, readPixels, recognition }: RecognizeMeans,
  continueIfWanted: () => void,
): Promise<RecognizedImage> => {
  const { unsureBelow, ...finding } = { ...recognition, ...settings };
  const started = performance.now();
  const frame = await readPicture(picture, readPixels);
  const decoded = performance.now();
  continueIfWanted();
  const found = await detectFaces({ frame, detector, ...finding });
  const detected = performance.now();
  continueIfWanted();
  const options = givenOptions({ cropPx, unsureBelow });
  const faces = await readFaces({ frame, faces: found, expression, options });
  const timing = {
    decodeMs: decoded - started,
    detectMs: detected - decoded,
    readMs: performance.now() - detected,
  };
  return { widthPx: frame.widthPx, heightPx: frame.heightPx, faces, timing };
};
