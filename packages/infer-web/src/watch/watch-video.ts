import { createFaceTracker, type FaceTrackerOptions, givenOptions, type TrackedFrame } from '@mien/pipeline';
import type { Recognizer, WatchOptions } from '../recognizer.ts';
import { createPace } from './create-pace.ts';
import { onVideoFrame } from './on-video-frame.ts';

/** What a recognizer lends to the watching of a video. */
export interface WatchMeans {
  /** Captures what the video shows before it returns. */
  readonly recognize: Recognizer['recognizeImage'];
  readonly tracking: FaceTrackerOptions;
  /** Aborts when the recognizer is closed. */
  readonly closed: AbortSignal;
}

/** What makes the next frame no continuation of the last: a jump, or another source. */
const JUMPS = ['seeking', 'emptied'] as const;

/**
 * Recognizes the frames of a video as it plays, one at a time, and follows the faces.
 *
 * @returns ends the watching.
 */
export const watchVideo = (
  video: HTMLVideoElement,
  onFrame: (frame: TrackedFrame) => void,
  { fps = Infinity, cropPx, signal, onError = reportError }: Omit<WatchOptions, 'smoothingMs'>,
  { recognize, tracking, closed }: WatchMeans,
): (() => void) => {
  const tracker = createFaceTracker(tracking);
  const pace = createPace(fps);
  const watching = new AbortController();
  let jumps = 0;
  let isBusy = false;
  let lastMs = -Infinity;

  const stop = (): void => watching.abort();
  const look = async (timeMs: number): Promise<void> => {
    const jumpsBefore = jumps;
    // Aborted with the watching, so that nothing is computed that nobody hears of.
    const options = { ...givenOptions({ cropPx }), signal: watching.signal };
    const { widthPx, heightPx, faces } = await recognize(video, options);
    if (watching.signal.aborted || jumps !== jumpsBefore) return;
    lastMs = timeMs;
    onFrame(tracker.update({ timeMs, widthPx, heightPx, faces }));
  };
  const take = async (timeMs: number): Promise<void> => {
    if (isBusy || timeMs <= lastMs || !pace(timeMs)) return;
    isBusy = true;
    try {
      await look(timeMs);
    } catch (error) {
      if (watching.signal.aborted) return;
      stop();
      onError(error);
    } finally {
      isBusy = false;
    }
  };
  const jump = (): void => {
    jumps++;
    lastMs = -Infinity;
    tracker.reset();
  };

  if (signal?.aborted === true) return stop;
  const endFrames = onVideoFrame(video, (timeMs) => void take(timeMs));
  watching.signal.addEventListener('abort', endFrames);
  const whileWatching = { signal: watching.signal };
  for (const end of [signal, closed]) end?.addEventListener('abort', stop, whileWatching);
  for (const event of JUMPS) video.addEventListener(event, jump, whileWatching);
  // Of a video that stands still no new frame is told.
  if (video.paused && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA)
    void take(video.currentTime * 1000);
  return stop;
};
