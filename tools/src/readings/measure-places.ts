import { median } from '../median.ts';
import type { KnownFace } from './score-faces.ts';

/** Where something lies in cropped faces, over all of them. */
export interface PlaceRow {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
  readonly median: number;
}

const summarize = (name: string, values: readonly number[]): PlaceRow => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { name, mean, deviation: Math.sqrt(variance), median: median(values) };
};

/** Measures where eyes, nose and mouth lie in pictures that are cropped faces. */
export const measurePlaces = (faces: readonly KnownFace[]): PlaceRow[] => {
  const places = faces.map(({ frame, face: { landmarks } }) => {
    const { rightEye, leftEye, noseTip, mouth } = landmarks;
    const [x, y] = [(rightEye.xPx + leftEye.xPx) / 2, (rightEye.yPx + leftEye.yPx) / 2];
    const [acrossX, acrossY] = [leftEye.xPx - rightEye.xPx, leftEye.yPx - rightEye.yPx];
    const squared = acrossX ** 2 + acrossY ** 2;
    const below = (point: { readonly xPx: number; readonly yPx: number }): number =>
      ((point.yPx - y) * acrossX - (point.xPx - x) * acrossY) / squared;
    return {
      apart: Math.sqrt(squared) / frame.widthPx,
      down: y / frame.heightPx,
      across: x / frame.widthPx,
      nose: below(noseTip),
      mouth: below(mouth),
    };
  });
  const of = (name: string, value: (place: (typeof places)[number]) => number): PlaceRow =>
    summarize(name, places.map(value));
  return [
    of('eyes apart, of the width', ({ apart }) => apart),
    of('between the eyes, from the left', ({ across }) => across),
    of('eyes down, of the height', ({ down }) => down),
    of('nose below the eyes, in distances of the eyes', ({ nose }) => nose),
    of('mouth below the eyes, in distances of the eyes', ({ mouth }) => mouth),
  ];
};
