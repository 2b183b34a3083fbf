import type { InputGeometry } from '@mien/pixels';
import { decodePicture } from './decode-picture.ts';
import type { Picture } from './sample.ts';

/** One picture to decode and where its bytes go. */
export interface DecodeJob {
  /** Index of the buffer among the buffers given. */
  readonly buffer: number;
  /** Index of the picture in that buffer. */
  readonly slot: number;
  readonly picture: Picture;
}

/** A picture that could not be decoded, and why. */
export interface DecodeFailure {
  readonly buffer: number;
  readonly slot: number;
  readonly reason: string;
}

/** How many pictures one thread has in work at once: while one waits for its file, another is decoded. */
const IN_FLIGHT = 4;

/** Decodes pictures into their places. Failures are collected, not thrown. */
export const decodeJobs = async (
  jobs: readonly DecodeJob[],
  buffers: readonly Uint8Array[],
  geometry: InputGeometry,
): Promise<DecodeFailure[]> => {
  const failures: DecodeFailure[] = [];
  const bytesEach = geometry.widthPx * geometry.heightPx * geometry.channels;
  const queue = jobs.values();
  const work = async (): Promise<void> => {
    for (const { buffer, slot, picture } of queue) {
      try {
        (buffers[buffer] as Uint8Array).set(await decodePicture(picture, geometry), slot * bytesEach);
      } catch (error) {
        const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        failures.push({ buffer, slot, reason });
      }
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return failures;
};
