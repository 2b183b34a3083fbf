import type { Frame } from './frame.ts';
import { readChannel, type Channel } from './read-channel.ts';
import { tapsOf, type Plane, type Size, type Taps } from './resize-plane.ts';

/** An upright part of a frame, in whole pixels inside it. */
export interface Region {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Averages one row across. */
const shrinkRow = (row: Float64Array, { first, weights }: Taps, target: Float64Array): void => {
  for (let x = 0; x < target.length; x++) {
    const parts = weights[x] as Float64Array;
    const from = first[x] as number;
    let sum = 0;
    for (let tap = 0; tap < parts.length; tap++) sum += (parts[tap] as number) * (row[from + tap] as number);
    target[x] = sum;
  }
};

/**
 * Averages a region of a frame over areas to a smaller size, or copies it where the size is its own. Rows are read one
 * at a time, so that a face that fills a large photograph takes little memory.
 *
 * @param size at most the region's, along each axis.
 */
export const shrinkRegion = (frame: Frame, channel: Channel, region: Region, size: Size): Plane => {
  const across = tapsOf(region.widthPx, size.widthPx);
  const down = tapsOf(region.heightPx, size.heightPx);
  const row = new Float64Array(region.widthPx);
  const shrunk = new Float64Array(size.widthPx);
  const values = new Float64Array(size.widthPx * size.heightPx);
  let read = -1;
  for (let y = 0; y < size.heightPx; y++) {
    const start = y * size.widthPx;
    for (const [tap, share] of (down.weights[y] as Float64Array).entries()) {
      const line = (down.first[y] as number) + tap;
      // Two neighbours have a part each of the row on their border.
      if (line !== read) {
        readChannel(frame, channel, (region.topPx + line) * frame.widthPx + region.leftPx, row);
        shrinkRow(row, across, shrunk);
        read = line;
      }
      for (let x = 0; x < size.widthPx; x++)
        values[start + x] = (values[start + x] as number) + share * (shrunk[x] as number);
    }
  }
  return { ...size, values };
};
