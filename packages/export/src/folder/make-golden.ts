import type { ModelCard, TrainedModelCard } from '@mien/contract';
import { GOLDEN_SEED } from '../verify/input-sets.ts';
import type { FloatArray } from '../verify/run-onnx.ts';
import { GRAPH_OUTPUT } from './make-model-card.ts';

/** Probabilities as a card holds them: one row for each image. */
const rowsOf = ({ data, shape }: FloatArray): number[][] => {
  const classes = shape.at(-1) ?? 1;
  // Seven digits are what float32 holds; softmax may end a rounding error above 1.
  const values = Array.from(data, (value) => Math.min(1, Number(value.toPrecision(7))));
  return Array.from({ length: values.length / classes }, (_, row) =>
    values.slice(row * classes, (row + 1) * classes),
  );
};

/**
 * Makes a card's self-test from what a graph gave for the golden input.
 *
 * @param outputs probabilities of every head by the output's name, `[images, classes]`.
 * @param tolerance how far a runtime may be from them.
 */
export const makeGolden = (
  outputs: ReadonlyMap<string, FloatArray>,
  { otherHeads }: Pick<TrainedModelCard, 'otherHeads'>,
  tolerance: number,
): ModelCard['golden'] => {
  const rowsNamed = (name: string): number[][] => {
    const output = outputs.get(name);
    return output === undefined ? [] : rowsOf(output);
  };
  const others = otherHeads?.map(({ output }): [string, number[][]] => [output, rowsNamed(output)]);
  return {
    seed: GOLDEN_SEED,
    outputs: rowsNamed(GRAPH_OUTPUT),
    ...(others === undefined ? {} : { otherOutputs: Object.fromEntries(others) }),
    tolerance,
  };
};
