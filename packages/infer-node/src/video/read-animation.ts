import { open } from 'node:fs/promises';
import type { TimedFrame } from '../image/decode-animation.ts';
import type { Intake } from '../intake.ts';

/** GIF, and the RIFF container of WebP with its kind. */
const isAnimationHead = (head: string): boolean => /^GIF8|^RIFF.{4}WEBP/su.test(head);

/** Tells a GIF or WebP, which ffmpeg knows half at most, by the first bytes of the file; false where it cannot be read. */
export const isAnimation = async (path: string): Promise<boolean> => {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(12) });
    return isAnimationHead(buffer.toString('latin1', 0, bytesRead));
  } catch {
    return false;
  }
};

/**
 * Unpacks a GIF or WebP in the workers, a few megapixels at a time.
 *
 * @param fps frames per second, at most: of those that begin in a slot of 1/fps seconds the first is taken.
 * @returns its frames in their order, with their own times.
 * @throws what `decodeAnimation` throws.
 */
export async function* readAnimation(
  intake: Intake,
  { path, fps, signal }: { readonly path: string; readonly fps: number; readonly signal: AbortSignal },
): AsyncGenerator<TimedFrame> {
  const slotOf = (timeMs: number): number => Math.floor((timeMs * fps) / 1000 + 0.001);
  let lastSlot = -1;
  for (let first = 0, length = 1; first < length;) {
    const prepared = { name: path, task: { image: { name: path, path }, firstFrame: first }, transfer: [] };
    const part = await intake.hand({
      job: 'unpackAnimation',
      prepare: () => Promise.resolve(prepared),
      signal,
      paced: true,
    });
    for (const timed of part.frames) {
      if (slotOf(timed.timeMs) === lastSlot) continue;
      lastSlot = slotOf(timed.timeMs);
      yield timed;
    }
    first += part.frames.length;
    length = part.length;
  }
}
