import { createFaceTracker, type FaceTrackerOptions } from '@mien/pipeline';
import type { Recognizer, Tracker } from '../recognizer.ts';

/**
 * Joins what recognizes single frames with what follows faces: frames may be handed in before those before them are
 * done, and are followed in the order in which they came.
 */
export const createTracker = (
  recognize: Recognizer['recognizeImage'],
  options: FaceTrackerOptions,
): Tracker => {
  const tracker = createFaceTracker(options);
  let earlier: Promise<unknown> = Promise.resolve();
  return {
    next: (image, { timeMs = performance.now(), ...how } = {}) => {
      const turn = earlier;
      const tracked = Promise.all([recognize(image, how), turn]).then(([{ widthPx, heightPx, faces }]) =>
        tracker.update({ timeMs, widthPx, heightPx, faces }),
      );
      earlier = Promise.allSettled([turn, tracked]);
      return tracked;
    },
    reset: () => tracker.reset(),
  };
};
