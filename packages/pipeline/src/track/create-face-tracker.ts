import type { FaceReading } from '../recognize/face-reading.ts';
import { unsureReasons, UNSURE_BELOW } from '../recognize/unsure.ts';
import { assign } from './assign.ts';
import { correctFace, fitFace, predictFace, startFace, type FaceMotion } from './face-motion.ts';
import {
  smoothReading,
  startReading,
  toSmoothedReading,
  type SmoothedReading,
  type SmoothingOptions,
} from './smoothed-reading.ts';
import { TimestampError } from './timestamp-error.ts';
import type { TrackedFace, TrackedFrame } from './tracked-face.ts';

/** How faces are followed. All of it may be left out. */
export interface FaceTrackerOptions extends Partial<SmoothingOptions> {
  /** A face that has not been seen for longer than this is forgotten: when it returns, it is another. Milliseconds. */
  readonly forgetAfterMs?: number;
  /** Below this probability of its label a smoothed reading is unsure, in [0, 1]. */
  readonly unsureBelow?: number;
}

/** One frame and what was read in it. */
export interface ReadFrame {
  /** Milliseconds, after those of the frame before. */
  readonly timeMs: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly faces: readonly FaceReading[];
}

/** Follows faces from frame to frame. */
export interface FaceTracker {
  /**
   * Takes the next frame.
   *
   * @throws {TimestampError} when its time is not after that of the frame before.
   */
  update(frame: ReadFrame): TrackedFrame;
  /** Forgets every face, for a cut or a jump in the video; the next frame may have any time. Numbers go on. */
  reset(): void;
}

interface Track {
  readonly trackId: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly motion: FaceMotion;
  readonly reading: SmoothedReading;
}

const DEFAULTS = {
  smoothingMs: 300,
  switchMargin: 0.1,
  switchAfterMs: 300,
  forgetAfterMs: 1500,
  unsureBelow: UNSURE_BELOW,
};

/** Three independent normal numbers are within this squared distance in 999 of 1000 cases (χ², three degrees of freedom). */
const MOST_SQUARED_DEVIATIONS = 16.27;

/** Leaving a face and a track apart costs more than any pair that is possible: no pair is given up for a better one. */
const APART = 100;

/** A track as it should be `seconds` later. */
const expected = (track: Track, seconds: number, frame: Pick<ReadFrame, 'widthPx' | 'heightPx'>): Track => ({
  ...track,
  motion: predictFace(track.motion, seconds, frame),
});

const startTrack = (trackId: number, face: FaceReading, timeMs: number): Track => ({
  trackId,
  firstSeenMs: timeMs,
  lastSeenMs: timeMs,
  motion: startFace(face.box),
  reading: startReading(face, timeMs),
});

const continueTrack = (
  track: Track,
  face: FaceReading,
  settings: SmoothingOptions & { readonly timeMs: number },
): Track => ({
  ...track,
  lastSeenMs: settings.timeMs,
  motion: correctFace(track.motion, face.box),
  reading: smoothReading(track.reading, face, settings),
});

/** The track of each face, or -1. */
const matchFaces = (tracks: readonly Track[], faces: readonly FaceReading[]): number[] => {
  const costs = faces.map(({ box }) =>
    tracks.map(({ motion }) => {
      const { squaredDeviations, cost } = fitFace(motion, box);
      return squaredDeviations <= MOST_SQUARED_DEVIATIONS ? Math.min(cost, APART) : APART;
    }),
  );
  return assign(costs).map((track, face) => ((costs[face]?.[track] ?? APART) < APART ? track : -1));
};

const toTrackedFace = (face: FaceReading, track: Track, unsureBelow: number): TrackedFace => {
  const { label, probability, probabilities } = face;
  const smoothed = toSmoothedReading(track.reading, face);
  const issues = face.quality.issues.filter((issue) => track.reading.issues[issue] >= 0.5);
  const reasons = unsureReasons(smoothed.probability, { issues }, unsureBelow);
  return {
    ...face,
    ...smoothed,
    unsure: reasons.length > 0,
    unsureReasons: reasons,
    trackId: track.trackId,
    current: { label, probability, probabilities },
    firstSeenMs: track.firstSeenMs,
  };
};

/**
 * Creates what follows faces through a video: each keeps a number from frame to frame, and what is read in it is
 * smoothed over time, whatever the number of frames in a second.
 *
 * @example
 * const tracker = createFaceTracker();
 * const { faces } = tracker.update({ timeMs, widthPx, heightPx, faces: await readFaces({ … }) });
 */
export const createFaceTracker = (options: FaceTrackerOptions = {}): FaceTracker => {
  const settings = { ...DEFAULTS, ...options };
  let tracks: Track[] = [];
  let lastTimeMs: number | undefined;
  let nextId = 1;

  return {
    update: ({ timeMs, widthPx, heightPx, faces }) => {
      if (!Number.isFinite(timeMs) || (lastTimeMs !== undefined && timeMs <= lastTimeMs))
        throw new TimestampError(timeMs, lastTimeMs);
      const seconds = (timeMs - (lastTimeMs ?? timeMs)) / 1000;
      lastTimeMs = timeMs;
      const known = tracks
        .filter(({ lastSeenMs }) => timeMs - lastSeenMs <= settings.forgetAfterMs)
        .map((track) => expected(track, seconds, { widthPx, heightPx }));
      const matches = matchFaces(known, faces);
      const seen = faces.map((face, index) => {
        const track = known[matches[index] as number];
        return track === undefined
          ? startTrack(nextId++, face, timeMs)
          : continueTrack(track, face, { ...settings, timeMs });
      });
      tracks = [...known.filter((_, index) => !matches.includes(index)), ...seen];
      const tracked = faces.map((face, index) =>
        toTrackedFace(face, seen[index] as Track, settings.unsureBelow),
      );
      return {
        timeMs,
        widthPx,
        heightPx,
        faces: tracked.toSorted((one, other) => one.trackId - other.trackId),
      };
    },
    reset: () => {
      tracks = [];
      lastTimeMs = undefined;
    },
  };
};
