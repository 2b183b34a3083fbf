import {
  readFaces,
  type DetectedFace,
  type ExpressionModel,
  type FaceReading,
  type Frame,
  type ReadOptions,
} from '@mien/pipeline';

/** A face whose expression people have named. */
export interface KnownFace {
  readonly frame: Frame;
  readonly face: DetectedFace;
  /** The labels that count as right, one or more. */
  readonly expressions: readonly string[];
}

/** What a model reads in a face whose expression is known. */
export interface ScoredFace {
  readonly reading: FaceReading;
  readonly isRight: boolean;
  /** The probability of all labels that are right, in [0, 1]. */
  readonly rightProbability: number;
}

/** Reads one face with the pipeline and compares it with what is known. */
export const scoreFace = async (
  { frame, face, expressions }: KnownFace,
  expression: ExpressionModel,
  options?: ReadOptions,
): Promise<ScoredFace> => {
  const [reading] = await readFaces({ frame, faces: [face], expression, options });
  if (reading === undefined) throw new TypeError('A face came without a reading.');
  const right = reading.probabilities.filter(({ label }) => expressions.includes(label));
  return {
    reading,
    isRight: expressions.includes(reading.label),
    rightProbability: right.reduce((sum, { probability }) => sum + probability, 0),
  };
};

/** How many at a time wait for the graph: enough to keep it busy. */
const LANES = 4;

/** Reads many faces. */
export const scoreFaces = async (
  faces: readonly KnownFace[],
  expression: ExpressionModel,
  options?: ReadOptions,
): Promise<ScoredFace[]> => {
  const scored: ScoredFace[] = [];
  for (let start = 0; start < faces.length; start += LANES) {
    const some = faces.slice(start, start + LANES);
    scored.push(...(await Promise.all(some.map((face) => scoreFace(face, expression, options)))));
  }
  return scored;
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The share of readings that are right, in [0, 1]. */
export const accuracyOf = (scored: readonly ScoredFace[]): number =>
  mean(scored.map(({ isRight }) => (isRight ? 1 : 0)));

/** The mean negative logarithm of the right labels' probability: low where a model is right and knows it. */
export const logLossOf = (scored: readonly ScoredFace[]): number =>
  mean(scored.map(({ rightProbability }) => -Math.log(Math.max(rightProbability, 1e-6))));
