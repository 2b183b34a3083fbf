import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the clips of one test file. */
export const clipFolder = (): string => mkdtempSync(join(tmpdir(), 'mien-clips-'));

/**
 * Makes a video with the ffmpeg of this machine.
 *
 * @param args all its arguments but the file to write, in groups.
 */
export const makeClip = (file: string, ...args: readonly (readonly string[])[]): string => {
  execFileSync('ffmpeg', ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', ...args.flat(), file]);
  return file;
};

/** When ffprobe, which the product does not use, says that the frames of a video are shown, milliseconds. */
export const probedTimesMs = (file: string): number[] =>
  execFileSync(
    'ffprobe',
    [
      ['-loglevel', 'error', '-select_streams', 'v:0', '-show_entries', 'frame=pts_time'],
      ['-of', 'default=noprint_wrappers=1:nokey=1', file],
    ].flat(),
  )
    .toString()
    .trim()
    .split(/\s+/u)
    .map((seconds) => Number(seconds) * 1000);
