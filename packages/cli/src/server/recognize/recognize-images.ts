import type { FaceReading } from '@mien/pipeline';
import { isImageFault, problemOf } from '../problem/problem-of.ts';
import type { Problem } from '../problem/problem.ts';
import { NoReadableImageError } from '../problem/request-errors.ts';
import type { ServerContext } from '../server-context.ts';
import { judgeUnsure } from './judge-unsure.ts';
import type { RecognitionRequest, UploadedImage } from './uploaded-image.ts';

/** What became of one image. */
export type ImageResult = { readonly name?: string } & (
  | { readonly widthPx: number; readonly heightPx: number; readonly faces: readonly FaceReading[] }
  | { readonly problem: Problem }
);

/** An image that could not be read, and the error itself. */
interface FailedImage {
  readonly result: ImageResult & { readonly problem: Problem };
  readonly error: unknown;
}

const recognizeOne = async (
  { name, bytes }: UploadedImage,
  { service, queue, metrics, options: { limits } }: ServerContext,
  { unsureBelow, ...asked }: RecognitionRequest,
  signal: AbortSignal,
): Promise<ImageResult> => {
  if (bytes instanceof Error) throw bytes;
  const maxFaces = Math.min(asked.maxFaces ?? limits.faces, limits.faces);
  const image = await queue.run(
    () => service.recognizer.recognizeImage(bytes, { ...asked, maxFaces, signal, transfer: true }),
    signal,
  );
  metrics.imageRead(image);
  const { widthPx, heightPx } = image;
  const faces = image.faces.map((face) => judgeUnsure(face, unsureBelow));
  return { ...(name === undefined ? {} : { name }), widthPx, heightPx, faces };
};

const isFailed = (one: ImageResult | FailedImage): one is FailedImage => 'error' in one;

/**
 * Recognises the faces of all images of a request. One bad image does not spoil the others: its place says why.
 *
 * @throws the error itself where the only image is bad.
 * @throws {NoReadableImageError} when all of several are.
 * @throws {TooManyWaitingError} when there is no place for all of them; none is begun then.
 * @throws what ends the signal.
 */
export const recognizeImages = async (
  images: readonly UploadedImage[],
  context: ServerContext,
  request: RecognitionRequest,
  signal: AbortSignal,
): Promise<ImageResult[]> => {
  context.queue.requirePlaces(images.length);
  const outcomes = await Promise.all(
    images.map(async (image): Promise<ImageResult | FailedImage> => {
      try {
        return await recognizeOne(image, context, request, signal);
      } catch (error) {
        if (!isImageFault(error)) throw error;
        context.metrics.imageFailed();
        const name = image.name === undefined ? {} : { name: image.name };
        return { error, result: { ...name, problem: problemOf(error) } };
      }
    }),
  );
  const failed = outcomes.filter(isFailed);
  if (failed.length === images.length) {
    throw failed.length === 1
      ? failed[0]?.error
      : new NoReadableImageError(failed.map(({ result }) => result));
  }
  return outcomes.map((one) => (isFailed(one) ? one.result : one));
};
