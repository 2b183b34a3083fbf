import type { Frame } from '@mien/pipeline';
import { UndecodableImageError, UnreadableImageError } from './image-errors.ts';
import {
  describeImage,
  isBitmap,
  isVideo,
  isVideoFrame,
  plainPixels,
  type ImageSource,
} from './image-source.ts';
import { toBitmap } from './to-bitmap.ts';

/** A picture in a form that a worker can be given. */
export type Picture = Blob | ImageBitmap | VideoFrame | Frame;

/** A picture, and those of its parts that are moved to the worker instead of copied. */
export interface PreparedPicture {
  readonly picture: Picture;
  readonly transfer: readonly Transferable[];
}

/** Frees a picture that nobody looks at any more. */
export const closePicture = (picture: Picture): void => {
  if ('close' in picture) picture.close();
};

const prepareFrame = ({ widthPx, heightPx, rgba }: Frame, giveAway: boolean): PreparedPicture => {
  // Posting a view posts the whole buffer behind it.
  const isWhole = rgba.byteLength === rgba.buffer.byteLength;
  const own = isWhole ? rgba : rgba.slice();
  const picture = { widthPx, heightPx, rgba: own };
  return { picture, transfer: giveAway || !isWhole ? [own.buffer as ArrayBuffer] : [] };
};

/** What a video shows now: a handle where the browser has such, so that no pixel is touched here. */
const captureVideo = async (video: HTMLVideoElement): Promise<ImageBitmap | VideoFrame> => {
  if (globalThis.VideoFrame === undefined) return toBitmap(video);
  try {
    return new VideoFrame(video);
  } catch (cause) {
    const problem =
      (cause as DOMException).name === 'SecurityError' ? UnreadableImageError : UndecodableImageError;
    throw new problem(describeImage(video), { cause });
  }
};

const prepareDrawable = async (
  image: Exclude<ImageSource, Frame | Blob>,
  giveAway: boolean,
): Promise<ImageBitmap | VideoFrame> => {
  if (isVideo(image)) return captureVideo(image);
  if (isVideoFrame(image)) return giveAway ? image : image.clone();
  return giveAway && isBitmap(image) ? image : toBitmap(image);
};

/**
 * Brings a picture into a form that a worker can be given, as far as that costs the page nothing: pixels are read in
 * the worker. A video is captured before this returns.
 *
 * @param giveAway moves what can be moved; the caller's picture is empty from then on.
 * @throws {UndecodableImageError} when it is not a picture, or an empty one.
 * @throws {UnreadableImageError} when it comes from an origin that does not share it with the page.
 */
export const toPicture = async (image: ImageSource, giveAway = false): Promise<PreparedPicture> => {
  if (typeof image !== 'object' || image === null) throw new UndecodableImageError(`"${String(image)}"`);
  if (image instanceof Blob) return { picture: image, transfer: [] };
  if ('rgba' in image) return prepareFrame(image, giveAway);
  const rgba = 'data' in image ? plainPixels(image) : undefined;
  if (rgba !== undefined && 'data' in image)
    return prepareFrame({ widthPx: image.width, heightPx: image.height, rgba }, giveAway);
  const picture = await prepareDrawable(image, giveAway);
  return { picture, transfer: [picture] };
};
