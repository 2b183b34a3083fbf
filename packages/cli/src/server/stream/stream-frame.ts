import { MalformedBodyError } from '../problem/request-errors.ts';

/** One frame as it came: a whole image, and when it was taken. */
export interface StreamFrame {
  /** Its place among the frames that this stream has been sent, from 1. */
  readonly frame: number;
  readonly timeMs: number;
  readonly image: Uint8Array;
}

/** Whose clock a stream's times are on. */
export type StreamClock = 'server' | 'client';

const TIME_BYTES = Float64Array.BYTES_PER_ELEMENT;

/**
 * Reads a binary message: an image, after eight bytes of little-endian float64 milliseconds where the client keeps the
 * clock.
 *
 * @throws {MalformedBodyError} when there is no such time.
 */
export const readFrame = (message: Buffer, frame: number, clock: StreamClock, nowMs: number): StreamFrame => {
  if (clock === 'server') return { frame, timeMs: nowMs, image: message };
  const timeMs = message.byteLength < TIME_BYTES ? NaN : message.readDoubleLE(0);
  if (!Number.isFinite(timeMs))
    throw new MalformedBodyError(
      'with clock=client a frame begins with 8 bytes, its milliseconds as float64',
    );
  return { frame, timeMs, image: message.subarray(TIME_BYTES) };
};
