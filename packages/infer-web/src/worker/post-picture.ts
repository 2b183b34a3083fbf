import { UnreadableImageError } from '../image/image-errors.ts';
import { describeImage, type Drawable, type ImageSource } from '../image/image-source.ts';
import { closePicture, toPicture } from '../image/to-picture.ts';
import type { RecognitionSettings } from '@mien/pipeline';
import type { RecognizedImage, RecognizeOptions } from '../recognizer.ts';
import type { WorkerClient } from './start-worker.ts';

interface PostOptions extends Pick<RecognizeOptions, 'signal' | 'cropPx' | 'transfer'> {
  readonly settings: RecognitionSettings;
}

/**
 * Hands a picture to the worker. A video is captured before this returns.
 *
 * @throws what {@link toPicture} and {@link WorkerClient.run} throw.
 */
export const postPicture = async (
  client: WorkerClient,
  image: ImageSource,
  { transfer: giveAway, cropPx, settings, signal }: PostOptions,
): Promise<RecognizedImage> => {
  const { picture, transfer } = await toPicture(image, giveAway);
  try {
    const task = { picture, settings, cropPx };
    return await client.run({ job: 'recognize', task, transfer, signal });
  } catch (cause) {
    // What was not moved is still here.
    closePicture(picture);
    // Pictures of another origin may be shown, but not moved.
    if (cause instanceof DOMException && cause.name === 'DataCloneError')
      throw new UnreadableImageError(describeImage(image as Drawable), { cause });
    throw cause;
  }
};
