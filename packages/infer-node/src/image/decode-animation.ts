import type { Frame } from '@mien/pipeline';
import { openImage, readMetadata, toUndecodable, type DecodeLimits } from './decode-image.ts';

/** A frame of an animation or video, and when it is shown. */
export interface TimedFrame {
  /** Milliseconds from the start. */
  readonly timeMs: number;
  readonly frame: Frame;
}

/** Consecutive frames of an animation. */
export interface AnimationPart {
  readonly frames: readonly TimedFrame[];
  /** How many frames the whole animation has. */
  readonly length: number;
}

/** Frames are unpacked together up to this many pixels: each part begins anew at the first frame of the file. */
const PART_PIXELS = 8_000_000;

/** What browsers make of delays that are too short to be meant. */
const shownForMs = (delayMs: number): number => (delayMs <= 10 ? 100 : delayMs);

/** When each frame is shown, milliseconds from the start. */
const startTimes = (delaysMs: readonly number[], length: number): number[] => {
  const times = [0];
  for (let frame = 1; frame < length; frame++)
    times.push((times[frame - 1] as number) + shownForMs(delaysMs[frame - 1] ?? 0));
  return times;
};

/**
 * Decodes frames of an animated GIF or WebP, as many as fit into a few megapixels; a still picture is an animation of one.
 *
 * @param firstFrame the first that is wanted.
 * @throws {UndecodableImageError} when the bytes are no picture, or are cut short.
 * @throws {ImageTooLargeError} when one frame holds too many pixels.
 */
export const decodeAnimation = async (
  encoded: Uint8Array,
  firstFrame: number,
  limits: DecodeLimits,
): Promise<AnimationPart> => {
  const {
    width: widthPx,
    height: heightPx,
    pages: length = 1,
    delay = [],
  } = await readMetadata(encoded, limits);
  const count = Math.min(length - firstFrame, Math.max(1, Math.floor(PART_PIXELS / (widthPx * heightPx))));
  const image = openImage(encoded, { page: firstFrame, pages: count });
  const data = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer()
    .catch((error: unknown) => {
      throw toUndecodable(error, limits.name);
    });
  const frameBytes = widthPx * heightPx * 4;
  const times = startTimes(delay, length);
  const frames = Array.from({ length: count }, (_, index) => ({
    timeMs: times[firstFrame + index] as number,
    frame: {
      widthPx,
      heightPx,
      rgba: Uint8Array.from(data.subarray(index * frameBytes, (index + 1) * frameBytes)),
    },
  }));
  return { frames, length };
};
