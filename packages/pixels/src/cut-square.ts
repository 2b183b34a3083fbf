import { assertFrame, type Frame } from './frame.ts';
import type { Channel } from './read-channel.ts';
import type { Plane, Size } from './resize-plane.ts';
import { shrinkRegion, type Region } from './shrink-region.ts';
import type { TiltedSquare } from './tilted-square.ts';

/** Where a pixel covers more than this many along each side, areas are averaged upright before the square is sampled. */
const SAMPLES_PER_SIDE = 2;

/** The pixels in and around a square, as far as the frame goes: at least one of them. */
const regionAround = ({ widthPx, heightPx }: Frame, square: TiltedSquare, marginPx: number): Region => {
  const reach = (square.sidePx / 2) * (Math.abs(square.cos) + Math.abs(square.sin)) + marginPx;
  const within = (value: number, length: number): number => Math.min(Math.max(value, 0), length);
  const leftPx = within(Math.floor(square.centreXPx - reach), widthPx - 1);
  const topPx = within(Math.floor(square.centreYPx - reach), heightPx - 1);
  return {
    leftPx,
    topPx,
    widthPx: Math.max(within(Math.ceil(square.centreXPx + reach), widthPx) - leftPx, 1),
    heightPx: Math.max(within(Math.ceil(square.centreYPx + reach), heightPx) - topPx, 1),
  };
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
  readonly square: TiltedSquare;
}

/** Samples the square: every pixel is the mean of `samples × samples` places. */
const sample = ({ plane, region, square }: Source, size: Size, shrunkBy: number): Plane => {
  const across = placesAlong(size.widthPx, square.sidePx / shrunkBy);
  const down = placesAlong(size.heightPx, square.sidePx / shrunkBy);
  const acrossPx = plane.widthPx / region.widthPx;
  const downPx = plane.heightPx / region.heightPx;
  const centreX = (square.centreXPx - region.leftPx) * acrossPx;
  const centreY = (square.centreYPx - region.topPx) * downPx;
  const read = createReader(plane);
  const values = new Float64Array(size.widthPx * size.heightPx);
  for (let row = 0; row < down.places.length; row++) {
    const v = (down.places[row] as number) * square.sidePx;
    const start = Math.floor(row / down.samples) * size.widthPx;
    for (let column = 0; column < across.places.length; column++) {
      const u = (across.places[column] as number) * square.sidePx;
      const x = centreX + (u * square.cos - v * square.sin) * acrossPx;
      const y = centreY + (u * square.sin + v * square.cos) * downPx;
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
  const samplesPx = SAMPLES_PER_SIDE * Math.max(size.widthPx, size.heightPx);
  const shrunkBy = Math.max(1, square.sidePx / samplesPx);
  // Splines look two pixels beyond the places that they are asked for.
  const region = regionAround(frame, square, 2 * shrunkBy);
  const shrunkTo = {
    widthPx: Math.max(1, Math.round(region.widthPx / shrunkBy)),
    heightPx: Math.max(1, Math.round(region.heightPx / shrunkBy)),
  };
  return channels.map((channel) => {
    const plane = shrinkRegion(frame, channel, region, shrunkTo);
    return sample({ plane, region, square }, size, shrunkBy);
  });
};
