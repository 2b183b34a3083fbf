import { MienError } from '@mien/contract';

/** A frame's time is not after that of the frame before it. */
export class TimestampError extends MienError {
  override readonly name = 'TimestampError';
  constructor(
    readonly timeMs: number,
    readonly lastTimeMs: number | undefined,
  ) {
    super(
      lastTimeMs === undefined
        ? `A frame's time is ${timeMs}. Pass finite milliseconds.`
        : `A frame's time is ${timeMs} ms, which is not after the ${lastTimeMs} ms of the frame before. ` +
            'Pass frames in order, and call reset() where a video is wound back.',
    );
  }
}
