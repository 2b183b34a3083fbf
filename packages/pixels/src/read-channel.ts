import type { Frame } from './frame.ts';

/** What is read of a frame's pixels: their gray, or one of their colours (0 red, 1 green, 2 blue). */
export type Channel = 'gray' | 0 | 1 | 2;

/** The channels of a model's input, in its order. */
export const channelsOf = (channels: 1 | 3): readonly Channel[] => (channels === 1 ? ['gray'] : [0, 1, 2]);

/** Blends a colour over black by its alpha, as pixels outside a cut-out face are absent light. */
const overBlack = (value: number, alpha: number): number => (alpha === 255 ? value : (value * alpha) / 255);

/** Luma of ITU-R BT.601 in the 16-bit fixed point that image libraries use, so that grays stay what they are. */
const luma = (red: number, green: number, blue: number): number =>
  Math.floor((19595 * red + 38470 * green + 7471 * blue + 32768) / 65536);

const readGray = (rgba: Frame['rgba'], first: number, target: Float64Array): void => {
  for (let pixel = 0, at = first * 4; pixel < target.length; pixel++, at += 4) {
    const alpha = rgba[at + 3] as number;
    target[pixel] = luma(
      overBlack(rgba[at] as number, alpha),
      overBlack(rgba[at + 1] as number, alpha),
      overBlack(rgba[at + 2] as number, alpha),
    );
  }
};

const readColour = (rgba: Frame['rgba'], colour: 0 | 1 | 2, first: number, target: Float64Array): void => {
  for (let pixel = 0, at = first * 4; pixel < target.length; pixel++, at += 4)
    target[pixel] = overBlack(rgba[at + colour] as number, rgba[at + 3] as number);
};

/**
 * Reads one channel of pixels that follow each other in a frame: from the pixel with the index `first`, as many as
 * `target` holds. Values are in [0, 255]; transparent means black.
 */
export const readChannel = ({ rgba }: Frame, channel: Channel, first: number, target: Float64Array): void => {
  if (channel === 'gray') readGray(rgba, first, target);
  else readColour(rgba, channel, first, target);
};
