import { largestDifference, MienError } from '@mien/contract';
import type * as tf from '@tensorflow/tfjs';
import type { InputSet } from './input-sets.ts';
import { runOnnxOutputs, type FloatArray } from './run-onnx.ts';
import { runTfjs } from './run-tfjs.ts';

/** How far a probability may be from tfjs's. */
export const TOLERANCE = 1e-4;

/** The written graph computes something else than the model: a defect of the converter, or of a runtime. */
export class VerificationError extends MienError {
  override readonly name = 'VerificationError';
  constructor(
    readonly inputSet: string,
    readonly output: string,
    readonly difference: number,
    readonly tolerance: number,
  ) {
    super(
      `The graph's output "${output}" differs from the tfjs model by ${difference.toExponential(2)} on ${inputSet}, ` +
        `allowed is ${tolerance.toExponential(2)}. Nothing was written; please report this with your model.json.`,
    );
  }
}

/** A model whose output is not one distribution over the labels for each image. */
export class NotProbabilitiesError extends MienError {
  override readonly name = 'NotProbabilitiesError';
  constructor(
    readonly inputSet: string,
    readonly output: string,
    readonly sum: number,
  ) {
    super(
      `The model's output "${output}" is not probabilities: a row sums to ${sum} on ${inputSet}. ` +
        'End the model with a softmax and train it again.',
    );
  }
}

/** How the graph and the model compare in one output. */
export interface OutputAgreement {
  readonly output: string;
  /** The largest absolute difference of a probability. */
  readonly largestDifference: number;
  /** What tfjs gave, `[batch, classes]`. */
  readonly expected: FloatArray;
}

/** How the graph and the model compare on one set of images. */
export interface Agreement {
  readonly inputSet: string;
  /** In the order of the names that {@link verifyGraph} was given. */
  readonly outputs: readonly OutputAgreement[];
}

const assertProbabilities = (inputSet: string, output: string, { data, shape }: FloatArray): void => {
  const classes = shape.at(-1) ?? 1;
  for (let start = 0; start < data.length; start += classes) {
    const sum = data.subarray(start, start + classes).reduce((total, value) => total + value, 0);
    if (!(Math.abs(sum - 1) < 1e-3)) throw new NotProbabilitiesError(inputSet, output, sum);
  }
};

/** What {@link verifyGraph} compares. */
export interface VerifyGraphParams {
  /** The file's bytes, of one input. */
  readonly onnx: Uint8Array;
  readonly inputName: string;
  /** The graph's outputs, in the order of the model's. */
  readonly outputNames: readonly string[];
  readonly model: tf.LayersModel;
  readonly inputSet: InputSet;
}

/**
 * Runs a written graph in onnxruntime and its model in tfjs on the same images, and compares every output.
 *
 * @throws {VerificationError} when one differs by more than {@link TOLERANCE}.
 * @throws {NotProbabilitiesError} when tfjs's outputs do not sum to 1.
 */
export const verifyGraph = async (params: VerifyGraphParams): Promise<Agreement> => {
  const { name: inputSet, pixels } = params.inputSet;
  const expectedOutputs = await runTfjs(params.model, pixels);
  const actual = await runOnnxOutputs(params.onnx, { [params.inputName]: pixels });
  const outputs = params.outputNames.map((output, index): OutputAgreement => {
    const expected = expectedOutputs[index] ?? { data: new Float32Array(), shape: [] };
    const difference = largestDifference(expected.data, actual[output]?.data ?? []);
    if (!(difference <= TOLERANCE)) throw new VerificationError(inputSet, output, difference, TOLERANCE);
    assertProbabilities(inputSet, output, expected);
    return { output, largestDifference: difference, expected };
  });
  return { inputSet, outputs };
};
