import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PageVideo } from './page-data.ts';

const run = promisify(execFile);

/** No more of a video's frames than this are kept in a page. */
const MAX_STILLS = 150;

const STILL_WIDTH_PX = 400;

/** Whatever the rate is said to be, every frame that the filters let through is written once. */
const OUTPUT_FPS = 25;

/** The first frame in each slot of time, told of with its time, made small, and numbered anew for the output. */
const filters = (perSecond: number): string => {
  const slot = (time: string): string => `floor(${time}*${perSecond.toFixed(6)}+0.01)`;
  return [
    `select='isnan(prev_selected_t)+gt(${slot('t')},${slot('prev_selected_t')})'`,
    'showinfo=checksum=0',
    `scale=${STILL_WIDTH_PX}:-2`,
    `settb=1/${OUTPUT_FPS}`,
    'setpts=N',
  ].join(',');
};

/** When the stills are, as ffmpeg tells of them. */
const timesMs = (told: string): number[] =>
  Array.from(told.matchAll(/ pts_time:\s*([\d.]+)/gu), ([, seconds]) => Math.round(Number(seconds) * 1000));

/**
 * Takes small frames out of a video, evenly spread over its time, for a page to show while it is moved along.
 *
 * @param params.path absolute.
 * @param params.frames how many were looked at: there are no more stills than that.
 * @param params.endMs when the last of them is.
 * @throws what the program or the disk says.
 */
export const videoStills = async (params: {
  readonly ffmpeg: string;
  readonly path: string;
  readonly frames: number;
  readonly endMs: number;
  readonly signal: AbortSignal;
}): Promise<PageVideo['stills']> => {
  const { ffmpeg, path, frames, endMs, signal } = params;
  const perSecond = endMs === 0 ? 1 : ((Math.min(frames, MAX_STILLS) - 1) * 1000) / endMs;
  const folder = await mkdtemp(join(tmpdir(), 'mien-stills-'));
  try {
    const reading = [
      '-nostdin',
      '-hide_banner',
      '-nostats',
      '-protocol_whitelist',
      'file',
      '-i',
      `file:${path}`,
    ];
    const picking = ['-map', '0:v:0', '-vf', filters(perSecond), '-r', String(OUTPUT_FPS)];
    const writing = ['-q:v', '6', join(folder, '%05d.jpg')];
    const { stderr } = await run(ffmpeg, [...reading, ...picking, ...writing], { signal });
    const times = timesMs(stderr);
    const names = (await readdir(folder)).toSorted();
    return await Promise.all(
      names.slice(0, times.length).map(async (name, index) => ({
        timeMs: times[index] as number,
        image: `data:image/jpeg;base64,${(await readFile(join(folder, name))).toString('base64')}`,
      })),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
