import { largestDifference, MienError } from '@mien/contract';
import type * as tf from '@tensorflow/tfjs';
import type { InputSet } from './input-sets.ts';
import { runOnnx, type FloatArray } from './run-onnx.ts';
import { runTfjs } from './run-tfjs.ts';

/** How far a probability may be from tfjs's. */
export const TOLERANCE = 1e-4;

/** The written graph computes something else than the model: a defect of the converter, or of a runtime. */
export class VerificationError extends MienError {
  override readonly name = 'VerificationError';
  constructor(
    readonly inputSet: string,
    readonly difference: number,
    readonly tolerance: number,
  ) {
    super(
      `The graph differs from the tfjs model by ${difference.toExponential(2)} on ${inputSet}, allowed is ` +
        `${tolerance.toExponential(2)}. Nothing was written; please report this with your model.json.`,
    );
  }
}

/** A model whose output is not one distribution over the labels for each image. */
export class NotProbabilitiesError extends MienError {
  override readonly name = 'NotProbabilitiesError';
  constructor(
    readonly inputSet: string,
    readonly sum: number,
  ) {
    super(
      `The model's outputs are not probabilities: a row sums to ${sum} on ${inputSet}. ` +
        'End the model with a softmax and train it again.',
    );
  }
}

/** How the graph and the model compare on one set of images. */
export interface Agreement {
  readonly inputSet: string;
  /** The largest absolute difference of a probability. */
  readonly largestDifference: number;
  /** What tfjs gave, `[batch, classes]`. */
  readonly expected: FloatArray;
}

const assertProbabilities = (inputSet: string, { data, shape }: FloatArray): void => {
  const classes = shape.at(-1) ?? 1;
  for (let start = 0; start < data.length; start += classes) {
    const sum = data.subarray(start, start + classes).reduce((total, value) => total + value, 0);
    if (!(Math.abs(sum - 1) < 1e-3)) throw new NotProbabilitiesError(inputSet, sum);
  }
};

/**
 * Runs a written graph in onnxruntime and its model in tfjs on the same images.
 *
 * @param onnx the file's bytes, of one input and one output.
 * @throws {VerificationError} when they differ by more than {@link TOLERANCE}.
 * @throws {NotProbabilitiesError} when tfjs's outputs do not sum to 1.
 */
export const verifyGraph = async (
  onnx: Uint8Array,
  inputName: string,
  model: tf.LayersModel,
  { name: inputSet, pixels }: InputSet,
): Promise<Agreement> => {
  const expected = await runTfjs(model, pixels);
  const actual = await runOnnx(onnx, { [inputName]: pixels });
  const difference = largestDifference(expected.data, actual.data);
  if (!(difference <= TOLERANCE)) throw new VerificationError(inputSet, difference, TOLERANCE);
  assertProbabilities(inputSet, expected);
  return { inputSet, largestDifference: difference, expected };
};
