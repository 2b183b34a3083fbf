import { intersectionOverUnion } from '../detect/overlap.ts';
import { createFaceTracker } from './create-face-tracker.ts';
import { readingAt } from './face-reading.test-support.ts';
import { STAGE, walkingFaces, type SeenFrame } from './walking-faces.test-support.ts';

/** Gives the faces of one frame their numbers. */
type Follow = (frame: SeenFrame) => readonly number[];

const ours = (): Follow => {
  const tracker = createFaceTracker();
  return ({ timeMs, seen }) => {
    const faces = seen.map(({ box }) => readingAt(box));
    const tracked = tracker.update({ timeMs, ...STAGE, faces }).faces;
    return faces.map(({ box }) => tracked.find((face) => face.box === box)?.trackId ?? 0);
  };
};

/** What is done for want of better: a face is the one that lay under it, the best overlaps first. */
const greedyOverlap = (): Follow => {
  let tracks: { id: number; box: SeenFrame['seen'][number]['box']; timeMs: number }[] = [];
  let nextId = 1;
  return ({ timeMs, seen }) => {
    tracks = tracks.filter((track) => timeMs - track.timeMs <= 1500);
    const pairs = seen
      .flatMap(({ box }, face) =>
        tracks.map((track) => ({ face, track, overlap: intersectionOverUnion(box, track.box) })),
      )
      .filter(({ overlap }) => overlap > 0.2)
      .toSorted((one, other) => other.overlap - one.overlap);
    const ids = seen.map(() => 0);
    const taken = new Set<number>();
    for (const { face, track } of pairs) {
      if (ids[face] !== 0 || taken.has(track.id)) continue;
      ids[face] = track.id;
      taken.add(track.id);
      Object.assign(track, { box: seen[face]?.box, timeMs });
    }
    return ids.map((id, face) => {
      if (id !== 0) return id;
      tracks.push({ id: nextId, box: (seen[face] as SeenFrame['seen'][number]).box, timeMs });
      return nextId++;
    });
  };
};

/** How often a walker's number was not the one that it had, though it was away for no longer than 1.5 s. */
const countSwitches = (frames: readonly SeenFrame[], follow: Follow): number => {
  const last = new Map<number, { id: number; timeMs: number }>();
  let switches = 0;
  for (const frame of frames) {
    const ids = follow(frame);
    for (const [index, { walker }] of frame.seen.entries()) {
      const id = ids[index] as number;
      const before = last.get(walker);
      if (before !== undefined && before.id !== id && frame.timeMs - before.timeMs <= 1500) switches++;
      last.set(walker, { id, timeMs: frame.timeMs });
    }
  }
  return switches;
};

const total = (follow: () => Follow, walkers: number, fps: number): number =>
  [1, 2, 3, 4].reduce(
    (sum, seed) => sum + countSwitches(walkingFaces({ seed, walkers, fps, seconds: 20 }), follow()),
    0,
  );

describe('people who walk about, cross, hide each other, leave and return', () => {
  // Eighty seconds of video each.
  test.each([
    [2, 5],
    [4, 5],
    [4, 10],
    [4, 30],
    [8, 10],
  ])(
    '%d of them at %d frames a second are mixed up less than half as often as by overlap alone',
    (walkers, fps) => {
      const switches = total(ours, walkers, fps);
      const byOverlap = total(greedyOverlap, walkers, fps);
      expect(byOverlap).toBeGreaterThan(0);
      expect(switches).toBeLessThan(byOverlap / 2);
      // Each crossing is a chance to be mixed up: at most four a minute for each person in a crowd.
      expect(switches).toBeLessThanOrEqual(8 * walkers);
    },
  );

  test('no number is ever given to two in one frame', () => {
    const follow = ours();
    for (const frame of walkingFaces({ seed: 9, walkers: 8, fps: 10, seconds: 30 })) {
      const ids = follow(frame);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});
