import { chmodSync, copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AbortError } from '@mien/contract';
import type { TimedFrame } from '../image/decode-animation.ts';
import { clipFolder, makeClip, probedTimesMs } from './clip.test-support.ts';
import { readVideo, type VideoParams } from './read-video.ts';
import { FfmpegNotFoundError, UndecodableVideoError, UnreadableVideoError } from './video-errors.ts';

const folder = clipFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const LOSSLESS = ['-c:v', 'libx264', '-qp', '0', '-pix_fmt', 'yuv444p'];

/** Frame n is gray of value 8 n all over. */
const steps = (rate: number, frames: number): string[] => {
  const source = `color=black:s=32x16:r=${rate},format=gray,geq=lum=8*N`;
  return ['-f', 'lavfi', '-i', source, '-frames:v', String(frames), ...LOSSLESS];
};

const watch = (path: string, params: Partial<VideoParams> = {}): AsyncGenerator<TimedFrame> =>
  readVideo({
    path,
    fps: 1000,
    maxPixels: 1_000_000,
    ffmpeg: 'ffmpeg',
    signal: new AbortController().signal,
    ...params,
  });

const collect = async (frames: AsyncIterable<TimedFrame>): Promise<TimedFrame[]> => {
  const all: TimedFrame[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
};

const failureOf = (frames: AsyncIterable<TimedFrame>): Promise<unknown> =>
  collect(frames).catch((error: unknown) => error);

/** Which frame of {@link steps} this is, by its gray. */
const stepOf = ({ frame: { rgba } }: TimedFrame): number => Math.round((rgba[0] as number) / 8);

describe('readVideo', () => {
  const steady = makeClip(join(folder, 'steady.mp4'), steps(25, 25));

  test('gives every frame whole, in order, and when it is shown', async () => {
    const frames = await collect(watch(steady));
    expect(frames.map(stepOf)).toEqual(Array.from({ length: 25 }, (_, step) => step));
    expect(frames.map(({ timeMs }) => timeMs)).toEqual(probedTimesMs(steady));
    for (const { frame } of frames) {
      expect([frame.widthPx, frame.heightPx, frame.rgba.length]).toEqual([32, 16, 32 * 16 * 4]);
      expect(new Set(frame.rgba.filter((_, index) => index % 4 < 3)).size).toBe(1);
      expect(frame.rgba[3]).toBe(255);
    }
  });

  test('takes the first frame of each slot where fewer are asked for, and moves none', async () => {
    const frames = await collect(watch(steady, { fps: 10 }));
    // 25 frames a second are 40 ms apart; slots begin at 0, 100, 200 … ms.
    expect(frames.map(({ timeMs }) => timeMs)).toEqual([0, 120, 200, 320, 400, 520, 600, 720, 800, 920]);
    expect(frames.map(stepOf)).toEqual([0, 3, 5, 8, 10, 13, 15, 18, 20, 23]);
  });

  test('repeats no frame where the video has fewer than are asked for', async () => {
    const slow = makeClip(join(folder, 'slow.mp4'), steps(2, 4));
    const frames = await collect(watch(slow, { fps: 10 }));
    expect(frames.map(({ timeMs }) => timeMs)).toEqual([0, 500, 1000, 1500]);
    expect(frames.map(stepOf)).toEqual([0, 1, 2, 3]);
  });

  test('keeps the times of a video whose rate varies', async () => {
    const varying = makeClip(join(folder, 'varying.mkv'), steps(25, 12), [
      '-vf',
      "setpts='if(lt(N,6),N*0.04,N*N*0.03)/TB'",
    ]);
    const times = probedTimesMs(varying);
    const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
    expect(new Set(gaps).size).toBeGreaterThan(3);
    const frames = await collect(watch(varying));
    expect(frames.map(({ timeMs }) => timeMs)).toEqual(times);
    expect(frames.map(stepOf)).toEqual(times.map((_, step) => step));
  });

  test('keeps milliseconds apart hours into a video', async () => {
    const late = makeClip(join(folder, 'late.mkv'), steps(25, 4), [
      '-vf',
      "setpts='if(eq(N,0),0,20000+N*0.04)/TB'",
    ]);
    const frames = await collect(watch(late));
    expect(frames.map(({ timeMs }) => timeMs)).toEqual([0, 20_000_040, 20_000_080, 20_000_120]);
  });

  // As the QuickTime file format defines it: x' = a x + c y, y' = b x + d y, with x to the right and y down.
  test.each([
    ['a quarter turn clockwise', [0, 1, -1, 0], 'top'],
    ['half a turn', [-1, 0, 0, -1], 'right'],
    ['a quarter turn back', [0, -1, 1, 0], 'bottom'],
  ] as const)('turns a video upright that asks for %s', async (_, [a, b, c, d], white) => {
    const turned = join(folder, `turned to the ${white}.mp4`);
    const movie = readFileSync(
      makeClip(
        join(folder, 'left.mp4'),
        ['-f', 'lavfi', '-i', 'color=black:s=32x16:r=5,drawbox=w=16:h=16:color=white:t=fill'],
        ['-frames:v', '2', ...LOSSLESS],
      ),
    );
    const matrix = movie.indexOf('tkhd') + 44;
    for (const [place, value] of [a, b, 0, c, d].entries())
      movie.writeInt32BE(value * 65_536, matrix + 4 * place);
    writeFileSync(turned, movie);
    const [{ frame }] = (await collect(watch(turned))) as [TimedFrame];
    const { widthPx, heightPx, rgba } = frame;
    expect([widthPx, heightPx]).toEqual(white === 'right' ? [32, 16] : [16, 32]);
    const isWhite = (x: number, y: number): boolean => (rgba[(y * widthPx + x) * 4] as number) > 127;
    const [right, bottom] = [widthPx - 1, heightPx - 1];
    const corners = [isWhite(0, 0), isWhite(right, 0), isWhite(0, bottom), isWhite(right, bottom)];
    const expected = { top: [1, 1, 0, 0], right: [0, 1, 0, 1], bottom: [0, 0, 1, 1] }[white];
    expect(corners.map(Number)).toEqual(expected);
  });

  test('reads the first video stream, and none of the sound', async () => {
    const loud = makeClip(join(folder, 'loud.mp4'), [
      '-f',
      'lavfi',
      '-i',
      'sine=duration=1',
      ...steps(5, 5),
      '-c:a',
      'aac',
    ]);
    const frames = await collect(watch(loud));
    expect(frames.map(stepOf)).toEqual([0, 1, 2, 3, 4]);
  });

  test('takes names that look like options, addresses and patterns as they are', async () => {
    for (const name of ['-y.mp4', 'http:x.mp4', 'a %03d ü.mp4']) {
      const named = join(folder, name);
      copyFileSync(steady, named);
      await expect(collect(watch(named, { fps: 1 }))).resolves.toHaveLength(1);
    }
  });

  test('ends ffmpeg when no more frames are wanted', async () => {
    const pidFile = join(folder, 'pid');
    const program = join(folder, 'ffmpeg.sh');
    writeFileSync(program, `#!/bin/sh\necho $$ > '${pidFile}'\nexec ffmpeg "$@"\n`);
    chmodSync(program, 0o755);
    const long = makeClip(join(folder, 'long.mp4'), [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=640x480:r=25',
      '-t',
      '20',
      '-preset',
      'ultrafast',
    ]);
    for await (const { timeMs } of watch(long, { ffmpeg: program })) if (timeMs > 100) break;
    const pid = Number(readFileSync(pidFile, 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  test('ends with the signal’s reason', async () => {
    const controller = new AbortController();
    const frames = watch(steady, { signal: controller.signal });
    await frames.next();
    controller.abort('enough');
    const failure = await failureOf(frames);
    expect(failure).toBeInstanceOf(AbortError);
    expect(failure).toMatchObject({ cause: 'enough' });
  });

  test.each<[string, () => AsyncIterable<TimedFrame>, new (...args: never[]) => Error, string]>([
    ['a file that is not there', () => watch('/no/clip.mp4'), UnreadableVideoError, 'no such file'],
    ['a folder', () => watch(folder), UnreadableVideoError, 'it is a folder'],
    [
      'a machine without ffmpeg',
      () => watch(steady, { ffmpeg: '/no/ffmpeg' }),
      FfmpegNotFoundError,
      'apt-get install ffmpeg',
    ],
    [
      'what is no video',
      () => {
        const text = join(folder, 'text.mp4');
        writeFileSync(text, 'not a video');
        return watch(text);
      },
      UndecodableVideoError,
      `${join(folder, 'text.mp4')}: Invalid data found when processing input.`,
    ],
    [
      'a video that was cut short before its index',
      () => {
        const cut = join(folder, 'cut.mp4');
        copyFileSync(steady, cut);
        truncateSync(cut, 1500);
        return watch(cut);
      },
      UndecodableVideoError,
      'cut.mp4: Invalid data found',
    ],
    [
      'sound without pictures',
      () => watch(makeClip(join(folder, 'sound.wav'), ['-f', 'lavfi', '-i', 'sine=duration=0.1'])),
      UndecodableVideoError,
      'matches no streams',
    ],
    [
      'frames of too many pixels',
      () => watch(steady, { maxPixels: 511 }),
      UndecodableVideoError,
      'frames of 32×16 px are over "maxPixels"',
    ],
    [
      'a playlist that names something on the network',
      () => {
        const playlist = join(folder, 'list.m3u8');
        writeFileSync(
          playlist,
          '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n',
        );
        return watch(playlist);
      },
      UndecodableVideoError,
      'list.m3u8',
    ],
  ])('refuses %s, naming it', async (_, makeFrames, errorClass, words) => {
    const failure = await failureOf(makeFrames());
    expect(failure).toBeInstanceOf(errorClass);
    expect((failure as Error).message).toContain(words);
  });
});
