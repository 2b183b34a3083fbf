import sharp from 'sharp';
import { decodeAnimation } from './decode-animation.ts';
import { ImageTooLargeError, UndecodableImageError } from './image-errors.ts';

const LIMITS = { name: 'dance.gif', maxPixels: 3_000_000 };

/** Frame n is gray of value 10 n all over. */
const animation = (
  frames: number,
  sidePx: number,
  delay: number[],
  format: 'gif' | 'webp',
): Promise<Buffer> => {
  const frameBytes = sidePx * sidePx * 3;
  const pixels = new Uint8Array(frames * frameBytes);
  for (let frame = 0; frame < frames; frame++)
    pixels.fill(10 * frame, frame * frameBytes, (frame + 1) * frameBytes);
  const raw = { width: sidePx, height: sidePx * frames, channels: 3, pageHeight: sidePx } as const;
  return sharp(pixels, { raw }).toFormat(format, { delay, lossless: true, effort: 1 }).toBuffer();
};

describe('decodeAnimation', () => {
  test.each(['gif', 'webp'] as const)(
    'gives the frames of a %s from any of them on, and their times',
    async (format) => {
      const encoded = await animation(4, 8, [40, 200, 60, 100], format);
      const { frames, length } = await decodeAnimation(encoded, 1, LIMITS);
      expect(length).toBe(4);
      expect(frames.map(({ timeMs }) => timeMs)).toEqual([40, 240, 300]);
      for (const [index, { frame }] of frames.entries()) {
        expect([frame.widthPx, frame.heightPx, frame.rgba.length]).toEqual([8, 8, 256]);
        expect(new Set(frame.rgba)).toEqual(new Set([10 * (index + 1), 255]));
      }
    },
  );

  test('gives as many at a time as fit into a few megapixels', async () => {
    const encoded = await animation(
      6,
      1600,
      Array.from({ length: 6 }, () => 50),
      'webp',
    );
    const first = await decodeAnimation(encoded, 0, LIMITS);
    const second = await decodeAnimation(encoded, first.frames.length, LIMITS);
    expect(first.frames).toHaveLength(3);
    expect(second.frames.map(({ timeMs, frame }) => [timeMs, frame.rgba[0]])).toEqual([
      [150, 30],
      [200, 40],
      [250, 50],
    ]);
  });

  test('shows frames for a tenth of a second that ask for hardly any time, as browsers do', async () => {
    const { frames } = await decodeAnimation(await animation(3, 8, [0, 10, 20], 'gif'), 0, LIMITS);
    expect(frames.map(({ timeMs }) => timeMs)).toEqual([0, 100, 200]);
  });

  test('takes a still picture as an animation of one frame', async () => {
    const still = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
      .webp({ lossless: true })
      .toBuffer();
    const { frames, length } = await decodeAnimation(still, 0, LIMITS);
    expect(length).toBe(1);
    expect(frames).toHaveLength(1);
    expect(frames[0]?.timeMs).toBe(0);
    expect([...(frames[0]?.frame.rgba.slice(0, 4) ?? [])]).toEqual([255, 0, 0, 255]);
  });

  test('refuses what is broken or too large, naming it', async () => {
    const encoded = await animation(3, 64, [50, 50, 50], 'gif');
    await expect(decodeAnimation(encoded.subarray(0, 60), 0, LIMITS)).rejects.toThrow(UndecodableImageError);
    const tight = { name: 'dance.gif', maxPixels: 4095 };
    await expect(decodeAnimation(encoded, 0, tight)).rejects.toThrow(ImageTooLargeError);
    await expect(decodeAnimation(encoded, 0, tight)).rejects.toThrow('dance.gif has 4096 pixels');
  });
});
