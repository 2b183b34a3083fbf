import sharp from 'sharp';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  AbortError,
  ClosedRecognizerError,
  createRecognizer,
  FfmpegNotFoundError,
  InvalidOptionError,
  TimestampError,
  UndecodableImageError,
  UndecodableVideoError,
  UnreadableVideoError,
  type Frame,
  type Recognizer,
  type TrackedFrame,
} from './index.ts';
import { clipFolder, makeClip } from './video/clip.test-support.ts';

const PHOTO = fileURLToPath(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg'));

const folder = clipFolder();

/** Two seconds of a camera that moves over a photograph of three people. */
const clip = makeClip(
  join(folder, 'pan.mp4'),
  ['-loop', '1', '-i', PHOTO, '-t', '2', '-r', '10', '-pix_fmt', 'yuv420p'],
  ['-vf', "scale=640:-2,crop=600:400:x='15*t':y=0"],
);

/** Four frames of it, as it moves, each shown for 250 ms. */
const animation = async (format: 'gif' | 'webp'): Promise<string> => {
  const small = sharp(PHOTO).resize({ width: 400 });
  const frames = await Promise.all(
    [0, 4, 8, 12].map((left) =>
      small.clone().extract({ left, top: 0, width: 380, height: 260 }).ensureAlpha().raw().toBuffer(),
    ),
  );
  const whole = sharp(Buffer.concat(frames), {
    raw: { width: 380, height: 260 * 4, channels: 4, pageHeight: 260 },
  });
  const file = join(folder, `pan.${format}`);
  await whole.toFormat(format, { delay: [250, 250, 250, 250], loop: 0 }).toFile(file);
  return file;
};

const collect = async (frames: AsyncIterable<TrackedFrame>): Promise<TrackedFrame[]> => {
  const all: TrackedFrame[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
};

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

const idsIn = ({ faces }: TrackedFrame): number[] => faces.map(({ trackId }) => trackId);

let recognizer: Recognizer;
beforeAll(async () => {
  recognizer = await createRecognizer({ queueLimit: 1 });
});
afterAll(async () => {
  await recognizer.close();
  rmSync(folder, { recursive: true });
});

describe('watch', () => {
  test('follows the faces of a video, and gives its frames in order with their times', async () => {
    const frames = await collect(recognizer.watch(clip, { fps: 5 }));
    expect(frames.map(({ timeMs }) => timeMs)).toEqual([0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800]);
    for (const frame of frames) {
      expect(idsIn(frame)).toEqual([1, 2, 3]);
      expect([frame.widthPx, frame.heightPx]).toEqual([600, 400]);
    }
    const lefts = frames.map(({ faces }) => faces[0]?.box.leftPx as number);
    // The camera goes 15 px to the right in a second: a face goes as far to the left.
    expect((lefts[9] as number) - (lefts[0] as number)).toBeCloseTo(-27, -1);
    expect(recognizer.pending).toBe(0);
  });

  test('looks at 10 frames a second unless told otherwise, and gives the faces as pictures where asked', async () => {
    const frames = await collect(recognizer.watch(pathToFileURL(clip), { cropPx: 32 }));
    expect(frames).toHaveLength(20);
    expect(frames[0]?.faces[0]?.crop).toMatchObject({ widthPx: 32, heightPx: 32 });
  });

  test.each(['gif', 'webp'] as const)('watches an animated %s as it would a video', async (format) => {
    const file = await animation(format);
    const frames = await collect(recognizer.watch(file));
    expect(frames.map(({ timeMs }) => timeMs)).toEqual([0, 250, 500, 750]);
    for (const frame of frames) expect(idsIn(frame)).toEqual([1, 2, 3]);
    const fewer = await collect(recognizer.watch(file, { fps: 2 }));
    expect(fewer.map(({ timeMs }) => timeMs)).toEqual([0, 500]);
  });

  test('can be left at any time, and leaves nothing behind', async () => {
    for await (const { timeMs } of recognizer.watch(clip)) if (timeMs >= 300) break;
    while (recognizer.pending > 0) await nextTurn();
    await expect(recognizer.recognize(PHOTO)).resolves.toHaveLength(3);
  });

  test('ends with the signal’s reason, before it begins or in the middle', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let seen = 0;
    const watching = (async () => {
      for await (const frame of recognizer.watch(clip, { signal })) {
        seen += frame.faces.length;
        controller.abort('enough');
      }
    })();
    expect(await failureOf(watching)).toMatchObject({ name: 'AbortError', cause: 'enough' });
    expect(seen).toBe(3);
    await expect(collect(recognizer.watch(clip, { signal }))).rejects.toThrow(AbortError);
    while (recognizer.pending > 0) await nextTurn();
  });

  test.each<[string, string | URL, new (...args: never[]) => Error, string]>([
    ['a web address', new URL('https://example.org/clip.mp4'), UnreadableVideoError, 'not opened'],
    ['a camera’s address', 'rtsp://example.org/1', UnreadableVideoError, 'rtsp: addresses are not opened'],
    ['a file that is not there', '/no/clip.mp4', UnreadableVideoError, '/no/clip.mp4'],
    ['what is no video', import.meta.filename, UndecodableVideoError, 'Invalid data found'],
  ])('refuses %s', async (_, video, errorClass, words) => {
    const failure = await failureOf(collect(recognizer.watch(video)));
    expect(failure).toBeInstanceOf(errorClass);
    expect((failure as Error).message).toContain(words);
  });

  test('refuses a broken animation, and a rate that is none', async () => {
    const broken = join(folder, 'broken.gif');
    writeFileSync(broken, 'GIF89a and nothing more');
    await expect(collect(recognizer.watch(broken))).rejects.toThrow(UndecodableImageError);
    await expect(collect(recognizer.watch(clip, { fps: 0 }))).rejects.toThrow(InvalidOptionError);
  });

  test('needs ffmpeg for a video alone', async () => {
    await using poor = await createRecognizer({ ffmpeg: '/no/ffmpeg' });
    await expect(collect(poor.watch(clip))).rejects.toThrow(FfmpegNotFoundError);
    await expect(collect(poor.watch(await animation('webp')))).resolves.toHaveLength(4);
  });

  test('ends when the recognizer is closed', async () => {
    const closing = await createRecognizer();
    const watching = (async () => {
      for await (const frame of closing.watch(clip)) if (frame.timeMs === 0) void closing.close();
    })();
    await expect(watching).rejects.toThrow(ClosedRecognizerError);
    await closing.close();
  });
});

describe('workers', () => {
  test('share the frames of a video and do not change what is seen in it', async () => {
    await using three = await createRecognizer({ workers: 3, threads: 1 });
    const frames = await collect(three.watch(clip));
    expect(frames).toEqual(await collect(recognizer.watch(clip)));
  });
});

describe('track', () => {
  const frameAt = async (left: number): Promise<Frame> => {
    const image = sharp(PHOTO).resize({ width: 640 }).extract({ left, top: 0, width: 600, height: 400 });
    const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return { widthPx: info.width, heightPx: info.height, rgba: data };
  };

  test('follows faces through frames that the caller has, in the order of the calls', async () => {
    await using roomy = await createRecognizer({ workers: 2, threads: 1 });
    const tracker = roomy.track();
    const frames = await Promise.all([0, 8, 16, 24].map(frameAt));
    const results = await Promise.all(
      frames.map((frame, index) => tracker.next(frame, { timeMs: index * 100 })),
    );
    expect(results.map(({ timeMs }) => timeMs)).toEqual([0, 100, 200, 300]);
    for (const result of results) {
      expect(idsIn(result)).toEqual([1, 2, 3]);
      expect(result.faces[0]?.firstSeenMs).toBe(0);
    }
  });

  test('leaves out a frame that fails, and goes on', async () => {
    const tracker = recognizer.track();
    const first = await tracker.next(await frameAt(0), { timeMs: 0 });
    await expect(tracker.next(Uint8Array.of(1, 2), { timeMs: 100 })).rejects.toThrow(UndecodableImageError);
    const third = await tracker.next(await frameAt(16), { timeMs: 200 });
    expect(idsIn(third)).toEqual(idsIn(first));
  });

  test('takes the time of the call where none is told, refuses times that run backwards, and can begin anew', async () => {
    const tracker = recognizer.track();
    const frame = await frameAt(0);
    const first = await tracker.next(frame);
    const second = await tracker.next(frame);
    expect(second.timeMs).toBeGreaterThan(first.timeMs);
    await expect(tracker.next(frame, { timeMs: 0 })).rejects.toThrow(TimestampError);
    tracker.reset();
    expect(idsIn(await tracker.next(frame, { timeMs: 0 }))).toEqual([4, 5, 6]);
  });

  test('smooths as slowly as it is told', async () => {
    const frame = await frameAt(0);
    const gray = { ...frame, rgba: frame.rgba.map((value, index) => (index % 4 === 3 ? 255 : value * 0.3)) };
    const probabilityAfter = async (smoothingMs: number): Promise<{ smoothed: number; current: number }> => {
      const tracker = recognizer.track({ smoothingMs });
      await tracker.next(frame, { timeMs: 0 });
      const { faces } = await tracker.next(gray, { timeMs: 100 });
      const smoothed = faces[0]?.probabilities[0]?.probability as number;
      return { smoothed, current: faces[0]?.current.probabilities[0]?.probability as number };
    };
    const quick = await probabilityAfter(1);
    const slow = await probabilityAfter(1e9);
    const before = (await recognizer.track().next(frame, { timeMs: 0 })).faces[0]?.probabilities[0]
      ?.probability;
    expect(quick.smoothed).toBeCloseTo(quick.current, 5);
    expect(slow.smoothed).toBeCloseTo(before as number, 5);
    expect(slow.current).not.toBeCloseTo(before as number, 3);
  });
});
