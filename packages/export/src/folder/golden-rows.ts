import type { FloatArray } from '../verify/run-onnx.ts';

/** Probabilities as a card holds them: one row for each image. */
export const goldenRows = ({ data, shape }: FloatArray): number[][] => {
  const classes = shape.at(-1) ?? 1;
  // Seven digits are what float32 holds; softmax may end a rounding error above 1.
  const values = Array.from(data, (value) => Math.min(1, Number(value.toPrecision(7))));
  return Array.from({ length: values.length / classes }, (_, row) =>
    values.slice(row * classes, (row + 1) * classes),
  );
};
