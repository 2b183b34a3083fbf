import { MienError, type Precision } from '@mien/contract';
import type { InputSet } from '../verify/input-sets.ts';
import type { OnnxSource } from '../verify/open-session.ts';
import { compareOutputs, type OutputDifference } from './compare-outputs.ts';
import type { ImageSet } from './image-set.ts';
import { runSamples } from './run-samples.ts';
import type { Samples } from './samples.ts';

/** How far numbers may be from those of the float32 graph, as shares of an output's largest where that is above 1. */
export interface PrecisionTolerance {
  /** The mean absolute difference over an output and a set of images. */
  readonly mean: number;
  /** The largest absolute difference. */
  readonly max: number;
}

/**
 * What a graph of another precision must keep to be written, on pictures and on noise. 8-bit numbers have room for noise,
 * which no range was chosen for; two unrelated distributions over eight classes differ by some 0.2.
 */
export const PRECISION_TOLERANCES: Readonly<Record<Exclude<Precision, 'fp32'>, PrecisionTolerance>> = {
  fp16: { mean: 0.002, max: 0.02 },
  int8: { mean: 0.1, max: 1 },
};

/** A graph of another precision computes something else than the float32 graph. */
export class PrecisionLossError extends MienError {
  override readonly name = 'PrecisionLossError';
  constructor(
    readonly precision: Precision,
    readonly inputSet: string,
    readonly difference: OutputDifference,
    readonly tolerance: PrecisionTolerance,
  ) {
    const { output, mean, max } = difference;
    super(
      `The ${precision} graph's output "${output}" differs from fp32 by ${mean.toExponential(2)} on average and ` +
        `${max.toExponential(2)} at most on ${inputSet}, allowed are ${tolerance.mean} and ${tolerance.max}. ` +
        'Nothing was written. ' +
        (precision === 'int8'
          ? 'Calibrate on more pictures, like those that the model will see, or leave more layers in float with --float-layers.'
          : 'Leave fp16 out of --precision for this model.'),
    );
  }
}

/**
 * Holds differences to {@link PRECISION_TOLERANCES}.
 *
 * @throws {PrecisionLossError} when one is larger.
 */
export const assertSmallLoss = (
  precision: Exclude<Precision, 'fp32'>,
  inputSet: string,
  differences: readonly OutputDifference[],
): void => {
  const tolerance = PRECISION_TOLERANCES[precision];
  for (const difference of differences) {
    if (!(difference.mean <= tolerance.mean && difference.max <= tolerance.max)) {
      throw new PrecisionLossError(precision, inputSet, difference, tolerance);
    }
  }
};

/** How a graph compares with the float32 graph on one set of images. */
export interface PrecisionAgreement {
  readonly inputSet: string;
  readonly differences: readonly OutputDifference[];
}

/** Images of the verification as a set. */
export const imagesOf = ({ pixels: { data, shape } }: InputSet): ImageSet => {
  const [count = 0, ...rest] = shape;
  return { count, shape: rest, data };
};

/**
 * Runs a graph and the float32 graph that it was made from on the same images, and compares every output.
 *
 * @throws {PrecisionLossError} when one differs by more than {@link PRECISION_TOLERANCES}.
 */
export const verifyPrecision = async (params: {
  readonly precision: Exclude<Precision, 'fp32'>;
  readonly onnx: OnnxSource;
  /** The float32 graph. */
  readonly reference: OnnxSource;
  /** What the samples are, in words. */
  readonly inputSet: string;
  readonly samples: Samples;
}): Promise<PrecisionAgreement> => {
  const { precision, onnx, reference, inputSet, samples } = params;
  const differences = compareOutputs(await runSamples(reference, samples), await runSamples(onnx, samples));
  assertSmallLoss(precision, inputSet, differences);
  return { inputSet, differences };
};
