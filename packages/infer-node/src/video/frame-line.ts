import { TICKS_PER_MS } from './ffmpeg-arguments.ts';

/** What ffmpeg says of a frame that it is about to write. */
export interface FrameLine {
  /** Milliseconds from the start; undefined where the file does not tell. */
  readonly timeMs: number | undefined;
  readonly widthPx: number;
  readonly heightPx: number;
}

const FRAME =
  /^\[Parsed_showinfo_\d+ @ \w+\] \[info\] n: *\d+ pts: *(?<ticks>-?\d+|NOPTS) .* s:(?<width>\d+)x(?<height>\d+) /u;

/** Reads a line of ffmpeg's output; nothing where it does not announce a frame. */
export const parseFrameLine = (line: string): FrameLine | undefined => {
  const { ticks, width, height } = FRAME.exec(line)?.groups ?? {};
  if (ticks === undefined) return undefined;
  return {
    timeMs: ticks === 'NOPTS' ? undefined : Number(ticks) / TICKS_PER_MS,
    widthPx: Number(width),
    heightPx: Number(height),
  };
};

const PROBLEM = /^(?:\[[^\]]+\] )?\[(?:error|fatal|panic)\] (?<said>.+)$/u;

/** What went wrong, where a line of ffmpeg's output says so. */
export const parseProblem = (line: string): string | undefined => PROBLEM.exec(line)?.groups?.['said'];
