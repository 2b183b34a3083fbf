import { type FaceTrackerOptions, type Frame, givenOptions, type TrackedFrame } from '@mien/pipeline';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AbortError, InvalidOptionError } from '@mien/contract';
import type { Intake } from '../intake.ts';
import type { RecognizedImage, RecognizeOptions, WatchOptions } from '../recognizer.ts';
import { createTracker } from '../track/create-tracker.ts';
import { mapInOrder } from '../track/map-in-order.ts';
import { isAnimation, readAnimation } from './read-animation.ts';
import { readVideo } from './read-video.ts';
import { UnreadableVideoError } from './video-errors.ts';

/** What a recognizer lends to the watching of a video. */
export interface WatchMeans {
  readonly intake: Intake;
  /** How many frames keep all threads busy. */
  readonly concurrency: number;
  readonly recognize: (frame: Frame, options: RecognizeOptions) => Promise<RecognizedImage>;
  readonly ffmpeg: string;
  readonly maxPixels: number;
  readonly tracking: FaceTrackerOptions;
}

const pathOf = (video: string | URL): string => {
  const address = typeof video === 'string' && /^[a-z]+:\/\//iu.test(video) ? new URL(video) : video;
  if (typeof address === 'string') return resolve(address);
  if (address.protocol === 'file:') return fileURLToPath(address);
  throw new UnreadableVideoError(
    address.href.slice(0, 200),
    `${address.protocol} addresses are not opened; download it and pass its path, or pass your own frames to track()`,
  );
};

const requireFps = (fps: number): number => {
  if (Number.isFinite(fps) && fps > 0) return fps;
  throw new InvalidOptionError('fps', fps, 'a number over 0');
};

/**
 * Reads a video or an animation, recognizes several of its frames at a time, and follows the faces in their order.
 *
 * @throws as {@link Recognizer.watch} says.
 */
export async function* watchVideo(
  video: string | URL,
  { fps = 10, cropPx, signal }: WatchOptions,
  { intake, concurrency, recognize, ffmpeg, maxPixels, tracking }: WatchMeans,
): AsyncGenerator<TrackedFrame> {
  if (signal?.aborted === true) throw new AbortError(signal.reason);
  const path = pathOf(video);
  const left = new AbortController();
  const ended = AbortSignal.any(signal === undefined ? [left.signal] : [left.signal, signal]);
  const params = { path, fps: requireFps(fps), signal: ended };
  const how = { ...givenOptions({ cropPx }), signal: ended, transfer: true };
  const tracker = createTracker(recognize, tracking);
  try {
    const frames = (await isAnimation(path))
      ? readAnimation(intake, params)
      : readVideo({ ...params, maxPixels, ffmpeg });
    const tracked = mapInOrder(frames, concurrency, ({ timeMs, frame }) =>
      tracker.next(frame, { ...how, timeMs }),
    );
    for await (const frame of tracked) {
      // Frames that were done before the signal came are not given after it.
      if (ended.aborted) throw new AbortError(ended.reason);
      yield frame;
    }
  } finally {
    // Of those who leave early, nobody waits for the frames that are under way.
    left.abort();
  }
}
