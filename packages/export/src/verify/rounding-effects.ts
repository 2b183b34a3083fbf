import { relativeDifference, type NumberArray } from './number-array.ts';
import type { RunnableModel } from './run-model.ts';

/** How much of a difference in the inputs is taken for rounding, and how far its effect may be exceeded. */
const ROUNDING = 1e-6;
const MARGIN = 10;

const nudged = (input: NumberArray): NumberArray => {
  if (input.dtype !== 'float32') return input;
  const moved = (value: number, index: number): number =>
    value * (1 + (index % 2 === 0 ? ROUNDING : -ROUNDING));
  return { dtype: input.dtype, shape: input.shape, data: Float32Array.from(input.data, moved) };
};

/**
 * How far each output of a model may move for no other reason than rounding: as far as it moves when the inputs move by
 * a rounding error, and some. Deep networks blow such errors up, and two runtimes cannot agree better than that.
 */
export const roundingEffects = async (
  model: RunnableModel,
  inputs: readonly NumberArray[],
): Promise<readonly number[]> => {
  const [still, moved] = [await model.run(inputs), await model.run(inputs.map(nudged))];
  return still.map((output, index) => MARGIN * relativeDifference(output, moved[index] as NumberArray));
};
