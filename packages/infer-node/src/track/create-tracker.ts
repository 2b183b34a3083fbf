import { createFaceTracker, type FaceTrackerOptions } from '@mien/pipeline';
import { performance } from 'node:perf_hooks';
import type { ImageSource } from '../image/image-source.ts';
import type { RecognizeOptions, Tracker } from '../recognizer.ts';
import type { RecognizedFrame } from '../workers/jobs.ts';

/**
 * Joins what recognizes single frames with what follows faces: frames may be recognized at the same time, in any order,
 * and are followed in the order in which they came.
 */
export const createTracker = (
  recognize: (image: ImageSource, options: RecognizeOptions) => Promise<RecognizedFrame>,
  options: FaceTrackerOptions,
): Tracker => {
  const faces = createFaceTracker(options);
  let earlier: Promise<unknown> = Promise.resolve();
  return {
    next: (image, { timeMs = performance.now(), ...how } = {}) => {
      const turn = earlier;
      const tracked = Promise.all([recognize(image, how), turn]).then(([frame]) =>
        faces.update({ timeMs, ...frame }),
      );
      earlier = Promise.allSettled([turn, tracked]);
      return tracked;
    },
    reset: () => faces.reset(),
  };
};
