import type { ExpressionModel, FaceQuality } from '@mien/pipeline';
import { blurredBy, cutOff, litBy, shrunkTo, type Damage } from './damage-face.ts';
import { accuracyOf, scoreFaces, type KnownFace, type ScoredFace } from './score-faces.ts';

/** Faces of about the same quality, and how they are read. */
export interface QualityRow {
  readonly name: string;
  readonly faces: number;
  /** The median of the measure of quality. */
  readonly median: number;
  readonly accuracy: number;
  /** The share that have an issue. */
  readonly withIssue: number;
}

type Measure = (quality: FaceQuality) => number;

const medianOf = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

const summarize = (name: string, scored: readonly ScoredFace[], measure: Measure): QualityRow => ({
  name,
  faces: scored.length,
  median: medianOf(scored.map(({ reading }) => measure(reading.quality))),
  accuracy: accuracyOf(scored),
  withIssue: scored.filter(({ reading }) => reading.quality.issues.length > 0).length / scored.length,
});

const DAMAGES: readonly (readonly [measure: keyof FaceQuality, damages: readonly Damage[]])[] = [
  ['sizePx', [40, 32, 28, 24, 20, 16].map(shrunkTo)],
  ['sharpness', [0.5, 0.75, 1, 1.25, 1.5, 2].map(blurredBy)],
  ['brightness', [0.5, 0.35, 0.25, 0.18, 0.12, 0.08].map(litBy)],
  ['brightness', [1.3, 1.6, 2, 2.5, 3.2].map(litBy)],
  ['insideShare', [0.17, 0.25, 0.33, 0.42].map((share) => cutOff('left', share))],
  ['insideShare', [0.17, 0.25, 0.33, 0.42].map((share) => cutOff('top', share))],
  ['insideShare', [0.17, 0.25, 0.33, 0.42].map((share) => cutOff('bottom', share))],
];

/** Reads faces made harder, by what is measured of them. */
export const measureDamages = async (
  faces: readonly KnownFace[],
  expression: ExpressionModel,
): Promise<QualityRow[]> => {
  const rows: QualityRow[] = [];
  for (const [name, damages] of DAMAGES)
    for (const damage of damages) {
      const scored = await scoreFaces(faces.map(damage.apply), expression);
      rows.push(summarize(`${name}: ${damage.name}`, scored, (quality) => Number(quality[name])));
    }
  return rows;
};

const BINS: readonly (readonly [name: string, measure: Measure, edges: readonly number[]])[] = [
  ['turned to a side', ({ yawRad }) => Math.abs(yawRad), [0, 0.2, 0.4, 0.6, 0.8, 1.6]],
  ['turned up (−) or down', ({ pitchRad }) => pitchRad, [-1.6, -0.4, -0.2, 0, 0.1, 0.2, 0.3, 0.4, 1.6]],
  ['tilted', ({ rollRad }) => Math.abs(rollRad), [0, 0.2, 0.4, 0.6, 1.6]],
];

/** Divides faces as they are by how heads are turned. */
export const measureTurns = (scored: readonly ScoredFace[]): QualityRow[] =>
  BINS.flatMap(([name, measure, edges]) =>
    edges.slice(1).flatMap((high, index) => {
      const low = edges[index] as number;
      const inside = scored.filter(({ reading }) => {
        const value = measure(reading.quality);
        return value >= low && value < high;
      });
      return inside.length === 0 ? [] : [summarize(`${name}: ${low} to ${high} rad`, inside, measure)];
    }),
  );
