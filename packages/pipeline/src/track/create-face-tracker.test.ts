import { MienError } from '@mien/contract';
import type { FaceReading } from '../recognize/face-reading.ts';
import { createFaceTracker, type FaceTrackerOptions } from './create-face-tracker.ts';
import { boxAt, readingAt } from './face-reading.test-support.ts';
import { TimestampError } from './timestamp-error.ts';

const STAGE = { widthPx: 1000, heightPx: 500 };

/** Follows frames of faces, and gives the number of each face in each frame, in the order in which they were given. */
const follow = (
  frames: readonly (readonly [timeMs: number, ...faces: FaceReading[]])[],
  options?: FaceTrackerOptions,
): number[][] => {
  const tracker = createFaceTracker(options);
  return frames.map(([timeMs, ...faces]) => {
    const tracked = tracker.update({ timeMs, ...STAGE, faces }).faces;
    return faces.map(({ box }) => tracked.find((one) => one.box === box)?.trackId ?? 0);
  });
};

/** Frames at a rate, of faces that are somewhere or, where there is no place, not seen. */
const film = (
  fps: number,
  seconds: number,
  ...places: readonly ((seconds: number) => readonly [number, number, number?] | undefined)[]
) =>
  Array.from({ length: Math.round(seconds * fps) + 1 }, (_, frame) => {
    const time = frame / fps;
    const faces = places.flatMap((placeAt) => {
      const place = placeAt(time);
      return place === undefined ? [] : [readingAt(boxAt(...place))];
    });
    return [time * 1000, ...faces] as const;
  });

describe('following faces', () => {
  test.each([5, 10, 30, 60])('two that pass each other keep their numbers at %d frames a second', (fps) => {
    const ids = follow(
      film(
        fps,
        4,
        (time) => [150 + 170 * time, 220, 110],
        // The farther one cannot be seen while the nearer one is before it.
        (time) => (Math.abs(-700 + 340 * time) < 70 ? undefined : [850 - 170 * time, 240, 90]),
      ),
    );
    expect(ids[0]).toEqual([1, 2]);
    expect(ids.at(-1)).toEqual([1, 2]);
    expect(new Set(ids.flat())).toEqual(new Set([1, 2]));
  });

  test('one that is missed for a while keeps its number where it went on', () => {
    const ids = follow(
      film(10, 3, (time) => (time > 1 && time < 1.9 ? undefined : [200 + 60 * Math.min(time, 1.5), 200])),
    );
    expect(new Set(ids.flat())).toEqual(new Set([1]));
  });

  test('one that leaves at an edge and returns there in time is the same, later another', () => {
    const leaveFor = (seconds: number) =>
      film(10, 6, (time) => {
        if (time >= 1 && time < 1 + seconds) return undefined;
        return time < 1 ? [700 + 280 * time, 250] : [960 - 100 * Math.min(time - 1 - seconds, 1), 250];
      });
    expect(new Set(follow(leaveFor(1.2)).flat())).toEqual(new Set([1]));
    expect(new Set(follow(leaveFor(1.8)).flat())).toEqual(new Set([1, 2]));
    expect(new Set(follow(leaveFor(1.8), { forgetAfterMs: 2500 }).flat())).toEqual(new Set([1]));
  });

  test('a face that appears elsewhere is another, though one was just lost', () => {
    const ids = follow([
      [0, readingAt(boxAt(100, 100))],
      [100, readingAt(boxAt(101, 100))],
      [200, readingAt(boxAt(900, 400))],
      [300, readingAt(boxAt(100, 101)), readingAt(boxAt(900, 400))],
    ]);
    expect(ids).toEqual([[1], [1], [2], [1, 2]]);
  });

  test('a face of another size in the same place is another', () => {
    const ids = follow([
      [0, readingAt(boxAt(300, 200, 60))],
      [40, readingAt(boxAt(300, 200, 60))],
      [80, readingAt(boxAt(300, 200, 240))],
    ]);
    expect(ids).toEqual([[1], [1], [2]]);
  });

  test('who is nearest by order of the frame does not matter: all pairs are weighed together', () => {
    const ids = follow([
      [0, readingAt(boxAt(300, 200)), readingAt(boxAt(380, 200))],
      // Both moved right by nearly their distance: the first now lies where the second was.
      [100, readingAt(boxAt(440, 200)), readingAt(boxAt(360, 200))],
    ]);
    expect(ids).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  test('faces come by number, with when they were first seen and what this frame alone says', () => {
    const tracker = createFaceTracker();
    tracker.update({ timeMs: 500, ...STAGE, faces: [readingAt(boxAt(700, 200))] });
    const glad = readingAt(boxAt(700, 200), [0.1, 0.8, 0.1]);
    const frame = tracker.update({ timeMs: 600, ...STAGE, faces: [readingAt(boxAt(100, 200)), glad] });
    expect(frame).toMatchObject({ timeMs: 600, ...STAGE });
    expect(frame.faces.map(({ trackId, firstSeenMs }) => [trackId, firstSeenMs])).toEqual([
      [1, 500],
      [2, 600],
    ]);
    const { label, probability, probabilities } = glad;
    expect(frame.faces[0]?.current).toEqual({ label, probability, probabilities });
    expect(frame.faces[0]?.label).toBe('neutral');
    expect(JSON.parse(JSON.stringify(frame))).toEqual(frame);
  });
});

describe('what is smoothed', () => {
  test('is unsure by the smoothed probability, not by one frame', () => {
    const tracker = createFaceTracker({ unsureBelow: 0.6 });
    const update = (timeMs: number, row: readonly [number, number, number]) =>
      tracker.update({ timeMs, ...STAGE, faces: [readingAt(boxAt(300, 200), row)] }).faces[0];
    for (let timeMs = 0; timeMs < 1000; timeMs += 100) update(timeMs, [0.9, 0.05, 0.05]);
    expect(update(1000, [0.4, 0.35, 0.25])).toMatchObject({ unsure: false, label: 'neutral' });
    for (let timeMs = 1100; timeMs < 2000; timeMs += 100) update(timeMs, [0.4, 0.35, 0.25]);
    expect(update(2000, [0.4, 0.35, 0.25])).toMatchObject({ unsure: true, unsureReasons: ['ambiguous'] });
  });

  test('a moment of blur is no reason, blur that stays is one', () => {
    const tracker = createFaceTracker();
    const blurred = readingAt(boxAt(300, 200), [0.9, 0.05, 0.05], { score: 0.2, issues: ['blurred'] });
    const sharp = readingAt(boxAt(300, 200), [0.9, 0.05, 0.05]);
    const update = (timeMs: number, face: FaceReading) =>
      tracker.update({ timeMs, ...STAGE, faces: [face] }).faces[0]?.unsureReasons;
    for (let timeMs = 0; timeMs < 1000; timeMs += 50) update(timeMs, sharp);
    expect(update(1000, blurred)).toEqual([]);
    for (let timeMs = 1050; timeMs < 2000; timeMs += 50) update(timeMs, blurred);
    expect(update(2000, blurred)).toEqual(['blurred']);
  });
});

describe('times', () => {
  test.each([
    ['the same', 100],
    ['an earlier one', 99],
    ['none', NaN],
    ['an endless one', Infinity],
  ])('refuses %s as the next frame, and follows on as if it had not come', (_, timeMs) => {
    const tracker = createFaceTracker();
    tracker.update({ timeMs: 100, ...STAGE, faces: [readingAt(boxAt(300, 200))] });
    expect(() => tracker.update({ timeMs, ...STAGE, faces: [] })).toThrow(TimestampError);
    expect(() => tracker.update({ timeMs, ...STAGE, faces: [] })).toThrow(MienError);
    const next = tracker.update({ timeMs: 200, ...STAGE, faces: [readingAt(boxAt(302, 200))] });
    expect(next.faces[0]?.trackId).toBe(1);
  });

  test('a leap forward forgets every face', () => {
    const face = readingAt(boxAt(300, 200));
    expect(
      follow([
        [0, face],
        [60_000, face],
      ]),
    ).toEqual([[1], [2]]);
  });

  test('after a reset faces are new, numbers go on, and time may start again', () => {
    const tracker = createFaceTracker();
    const face = readingAt(boxAt(300, 200));
    tracker.update({ timeMs: 5000, ...STAGE, faces: [face] });
    tracker.reset();
    expect(tracker.update({ timeMs: 0, ...STAGE, faces: [face] }).faces[0]?.trackId).toBe(2);
  });
});
