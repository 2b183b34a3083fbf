import { stat } from 'node:fs/promises';
import { on } from 'node:events';
import { createInterface } from 'node:readline';
import { AbortError } from '@mien/contract';
import type { TimedFrame } from '../image/decode-animation.ts';
import { createByteReader } from './byte-reader.ts';
import { ffmpegArguments } from './ffmpeg-arguments.ts';
import { parseFrameLine, parseProblem, type FrameLine } from './frame-line.ts';
import { startFfmpeg, type Ffmpeg } from './start-ffmpeg.ts';
import { UndecodableVideoError, UnreadableVideoError } from './video-errors.ts';

/** How a video is read. */
export interface VideoParams {
  /** An absolute path. */
  readonly path: string;
  /** Frames per second, at most. */
  readonly fps: number;
  readonly maxPixels: number;
  /** The program that unpacks it. */
  readonly ffmpeg: string;
  /** Ends the reading. */
  readonly signal: AbortSignal;
}

const assertFile = async (path: string): Promise<void> => {
  try {
    if ((await stat(path)).isDirectory()) throw new UnreadableVideoError(path, 'it is a folder');
  } catch (error) {
    if (error instanceof UnreadableVideoError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UnreadableVideoError(
      path,
      code === 'ENOENT' ? 'there is no such file; check the path' : message,
    );
  }
};

/** Gives the lines that announce frames, and keeps the last that tells of a problem. */
async function* announcedFrames(
  { stderr }: Ffmpeg,
  problem: { last: string | undefined },
): AsyncGenerator<FrameLine> {
  const lines = createInterface({ input: stderr });
  for await (const [line] of on(lines, 'line', { close: ['close'] }) as AsyncIterable<[string]>) {
    const frame = parseFrameLine(line);
    if (frame === undefined) problem.last = parseProblem(line) ?? problem.last;
    else yield frame;
  }
}

/**
 * Unpacks a video with ffmpeg, which waits while frames are not taken, and ends when no more are wanted.
 *
 * @returns its frames in their order, upright, with their own times.
 * @throws {FfmpegNotFoundError} when ffmpeg cannot be started.
 * @throws {UnreadableVideoError} when there is no such file.
 * @throws {UndecodableVideoError} when it is no video, has too many pixels, or ends in the middle.
 * @throws {AbortError} when the signal ends the reading.
 */
export async function* readVideo(params: VideoParams): AsyncGenerator<TimedFrame> {
  const { path, fps, maxPixels, ffmpeg, signal } = params;
  await assertFile(path);
  const program = await startFfmpeg(ffmpeg, ffmpegArguments(path, fps), signal);
  const bytes = createByteReader(program.stdout);
  const problem: { last: string | undefined } = { last: undefined };
  let frames = 0;
  let lastMs = -1000 / fps;
  try {
    for await (const { widthPx, heightPx, timeMs = lastMs + 1000 / fps } of announcedFrames(
      program,
      problem,
    )) {
      if (widthPx * heightPx > maxPixels)
        throw new UndecodableVideoError(path, `its frames of ${widthPx}×${heightPx} px are over "maxPixels"`);
      const rgba = await bytes.read(widthPx * heightPx * 4);
      if (rgba === undefined) break;
      frames += 1;
      lastMs = timeMs;
      yield { timeMs, frame: { widthPx, heightPx, rgba } };
    }
    const end = await program.ended;
    if (signal.aborted) throw new AbortError(signal.reason);
    if (end !== 0 || frames === 0)
      throw new UndecodableVideoError(
        path,
        problem.last?.replace(`file:${path}: `, '') ?? `ffmpeg ended with ${end}`,
      );
  } finally {
    await program.kill();
  }
}
