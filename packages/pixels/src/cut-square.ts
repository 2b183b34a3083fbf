import { assertFrame, type Frame } from './frame.ts';
import type { Channel } from './read-channel.ts';
import type { Plane, Size } from './resize-plane.ts';
import { shrinkRegion, type Region } from './shrink-region.ts';
import type { TiltedSquare } from './tilted-square.ts';

/** Where a pixel covers so many along each side and more, areas are averaged upright before the square is sampled. */
const SAMPLES_PER_SIDE = 2;

/** Cells of `cellPx × cellPx` from the frame's own corner on, `count` of them from `first` on. */
interface Cells {
  readonly first: number;
  readonly count: number;
}

/** The whole cells within `reachPx` of a place, as far as the frame goes: at least one of them. */
const cellsAround = (placePx: number, reachPx: number, cellPx: number, lengthPx: number): Cells => {
  const cells = Math.floor(lengthPx / cellPx);
  const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  const first = within(Math.floor((placePx - reachPx) / cellPx), cells - 1);
  return { first, count: Math.max(within(Math.ceil((placePx + reachPx) / cellPx), cells) - first, 1) };
};

/** Weights of the four pixels around a place that lies `t` beyond the second of them (Catmull-Rom spline). */
const cubicWeights = (t: number, weights: Float64Array): void => {
  weights[0] = ((1 - 0.5 * t) * t - 0.5) * t;
  weights[1] = (1.5 * t - 2.5) * t * t + 1;
  weights[2] = ((2 - 1.5 * t) * t + 0.5) * t;
  weights[3] = (0.5 * t - 0.5) * t * t;
};

/** Reads a picture between its pixels, cubic in both axes; beyond its edge, the edge's value. */
const createReader = ({ widthPx, heightPx, values }: Plane): ((x: number, y: number) => number) => {
  const across = new Float64Array(4);
  const down = new Float64Array(4);
  return (x, y) => {
    const column = Math.min(Math.max(x - 0.5, 0), widthPx - 1);
    const row = Math.min(Math.max(y - 0.5, 0), heightPx - 1);
    const left = Math.floor(column);
    const top = Math.floor(row);
    cubicWeights(column - left, across);
    cubicWeights(row - top, down);
    let sum = 0;
    for (let tap = 0; tap < 4; tap++) {
      const start = Math.min(Math.max(top + tap - 1, 0), heightPx - 1) * widthPx;
      sum +=
        (down[tap] as number) *
        ((across[0] as number) * (values[start + Math.max(left - 1, 0)] as number) +
          (across[1] as number) * (values[start + left] as number) +
          (across[2] as number) * (values[start + Math.min(left + 1, widthPx - 1)] as number) +
          (across[3] as number) * (values[start + Math.min(left + 2, widthPx - 1)] as number));
    }
    return sum;
  };
};

/** Places along one side of a square, in [-0.5, 0.5], and how many there are for each pixel that is made. */
interface Places {
  readonly samples: number;
  readonly places: Float64Array;
}

/**
 * Puts the samples of each pixel so far apart that they spread as widely as the area that it covers: `n` samples with
 * the distance `d` have the variance `d² (n² - 1) / 12`, and an area of `r` pixels has `(r² - 1) / 12` more than that of the
 * one pixel which each value is of already.
 *
 * @param count how many pixels are made along the side.
 * @param lengthPx how many pixels of the source lie along it.
 */
const placesAlong = (count: number, lengthPx: number): Places => {
  const ratio = lengthPx / count;
  const samples = Math.max(1, Math.ceil(ratio));
  const apart = samples === 1 ? 0 : Math.sqrt((ratio * ratio - 1) / (samples * samples - 1)) / ratio;
  const places = Float64Array.from({ length: count * samples }, (_, index) => {
    const sample = index % samples;
    return ((index - sample) / samples + 0.5 + (sample - (samples - 1) / 2) * apart) / count - 0.5;
  });
  return { samples, places };
};

/** How an upright region was shrunk, and the square in it. */
interface Source {
  readonly plane: Plane;
  readonly region: Region;
  /** The side of what became one value. */
  readonly cellPx: number;
  readonly square: TiltedSquare;
}

/** Samples the square: every pixel is the mean of `samples × samples` places. */
const sample = ({ plane, region, cellPx, square }: Source, size: Size): Plane => {
  const across = placesAlong(size.widthPx, square.sidePx / cellPx);
  const down = placesAlong(size.heightPx, square.sidePx / cellPx);
  const centreX = (square.centreXPx - region.leftPx) / cellPx;
  const centreY = (square.centreYPx - region.topPx) / cellPx;
  const read = createReader(plane);
  const values = new Float64Array(size.widthPx * size.heightPx);
  for (let row = 0; row < down.places.length; row++) {
    const v = (down.places[row] as number) * square.sidePx;
    const start = Math.floor(row / down.samples) * size.widthPx;
    for (let column = 0; column < across.places.length; column++) {
      const u = (across.places[column] as number) * square.sidePx;
      const x = centreX + (u * square.cos - v * square.sin) / cellPx;
      const y = centreY + (u * square.sin + v * square.cos) / cellPx;
      const at = start + Math.floor(column / across.samples);
      values[at] = (values[at] as number) + read(x, y);
    }
  }
  const share = 1 / (across.samples * down.samples);
  return { ...size, values: values.map((value) => value * share) };
};

/**
 * Cuts a turned square out of a frame as an upright picture. Every pixel is the mean of the area that it covers, so
 * that a large face and a small one give the same picture; where the square is smaller than the picture, values are
 * interpolated by cubic splines. Outside the frame, its edge goes on. Plain arithmetic in a fixed order: the same bits in
 * every engine.
 *
 * @param channels what is read, each as a picture of its own.
 * @param size of the pictures; where that is not square, the square is stretched to it.
 * @returns one plane for each channel, values in [0, 255] but for a little that splines overshoot.
 * @throws {InvalidFrameError} when the frame's bytes do not match its size.
 */
export const cutSquare = ({
  frame,
  square,
  channels,
  size,
}: {
  readonly frame: Frame;
  readonly square: TiltedSquare;
  readonly channels: readonly Channel[];
  readonly size: Size;
}): Plane[] => {
  assertFrame(frame);
  // Whole cells from the frame's corner on: a landmark that moves by a hair moves the places that are read by a hair, and
  // not the areas that were averaged. No cell is larger than the frame.
  const samplesPx = SAMPLES_PER_SIDE * Math.max(size.widthPx, size.heightPx);
  const shortPx = Math.min(frame.widthPx, frame.heightPx);
  const cellPx = Math.min(Math.max(1, Math.floor(square.sidePx / samplesPx)), shortPx);
  // Splines look two cells beyond the places that they are asked for.
  const reachPx = (square.sidePx / 2) * (Math.abs(square.cos) + Math.abs(square.sin)) + 2 * cellPx;
  const columns = cellsAround(square.centreXPx, reachPx, cellPx, frame.widthPx);
  const rows = cellsAround(square.centreYPx, reachPx, cellPx, frame.heightPx);
  const region = {
    leftPx: columns.first * cellPx,
    topPx: rows.first * cellPx,
    widthPx: columns.count * cellPx,
    heightPx: rows.count * cellPx,
  };
  const shrunkTo = { widthPx: columns.count, heightPx: rows.count };
  return channels.map((channel) => {
    const plane = shrinkRegion(frame, channel, region, shrunkTo);
    return sample({ plane, region, cellPx, square }, size);
  });
};
