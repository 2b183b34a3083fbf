import type { Detection } from './measure-detection.ts';

/** Detections of several photographs as one. */
export interface DetectionSummary {
  readonly faces: number;
  readonly found: number;
  readonly extra: number;
  /** Mean intersection over union with the marked boxes; NaN where nothing was found. */
  readonly overlap: number;
  /** Mean distance of the eyes from the marked ones, as a share of the marked box's width; NaN where there are none. */
  readonly eyeError: number;
  readonly tiles: number;
  /** Mean per photograph. */
  readonly milliseconds: number;
  /** Mean per photograph. */
  readonly processorMilliseconds: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Adds up and averages what was measured on photographs. */
export const summarizeDetections = (detections: readonly Detection[]): DetectionSummary => {
  const matched = detections.flatMap((detection) => detection.matched);
  return {
    faces: sum(detections.map(({ faces }) => faces)),
    found: matched.length,
    extra: sum(detections.map(({ extra }) => extra.length)),
    overlap: mean(matched.map(({ overlap }) => overlap)),
    eyeError: mean(matched.flatMap(({ eyeErrors }) => eyeErrors)),
    tiles: sum(detections.map(({ tiles }) => tiles)),
    milliseconds: mean(detections.map(({ milliseconds }) => milliseconds)),
    processorMilliseconds: mean(detections.map(({ processorMilliseconds }) => processorMilliseconds)),
  };
};
