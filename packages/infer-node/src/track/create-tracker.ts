import { createFaceTracker, type FaceTrackerOptions } from '@mien/pipeline';
import { performance } from 'node:perf_hooks';
import type { ImageSource } from '../image/image-source.ts';
import type { RecognizedImage, RecognizeOptions, Tracker } from '../recognizer.ts';

/**
 * Joins what recognizes single frames with what follows faces: frames may be recognized at the same time, in any order,
 * and are followed in the order in which they came.
 */
export const createTracker = <Image extends ImageSource>(
  recognize: (image: Image, options: RecognizeOptions) => Promise<RecognizedImage>,
  options: FaceTrackerOptions,
): Tracker<Image> => {
  const tracker = createFaceTracker(options);
  let earlier: Promise<unknown> = Promise.resolve();
  return {
    next: (image, { timeMs = performance.now(), ...how } = {}) => {
      const turn = earlier;
      const tracked = Promise.all([recognize(image, how), turn]).then(
        ([{ widthPx, heightPx, faces: seen }]) => tracker.update({ timeMs, widthPx, heightPx, faces: seen }),
      );
      earlier = Promise.allSettled([turn, tracked]);
      return tracked;
    },
    reset: () => tracker.reset(),
  };
};
