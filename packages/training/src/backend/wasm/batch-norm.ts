import tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { floatsOf } from './wasm-kernel.ts';

/** Name of the kernel that normalises a batch by its own statistics. */
export const BATCH_NORM_TRAINING = 'BatchNormTraining';
/** Name of the kernel that differentiates {@link BATCH_NORM_TRAINING}. */
export const BATCH_NORM_TRAINING_GRADIENT = 'BatchNormTrainingGradient';

/** Values of a batch, `[…, channels]`, and what they are normalised with. */
interface Normalized {
  readonly x: Float32Array;
  readonly gamma: Float32Array;
  readonly epsilon: number;
}

/** Mean and plain variance of each channel, in double precision. */
const momentsOf = (x: Float32Array, channels: number): { mean: Float64Array; variance: Float64Array } => {
  const count = x.length / channels;
  const sums = new Float64Array(channels);
  for (let at = 0; at < x.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      sums[channel] = (sums[channel] as number) + (x[at + channel] as number);
    }
  }
  const mean = sums.map((sum) => sum / count);
  const squares = new Float64Array(channels);
  for (let at = 0; at < x.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const deviation = (x[at + channel] as number) - (mean[channel] as number);
      squares[channel] = (squares[channel] as number) + deviation * deviation;
    }
  }
  return { mean, variance: squares.map((sum) => sum / count) };
};

/** `y = (x - mean) / √(variance + ε) · γ + β`, with mean and plain variance of the batch, channel by channel. */
const normalize = (
  { x, gamma, epsilon }: Normalized,
  beta: Float32Array,
  outputs: { readonly y: Float32Array; readonly mean: Float32Array; readonly variance: Float32Array },
): void => {
  const channels = gamma.length;
  const { y } = outputs;
  const { mean, variance } = momentsOf(x, channels);
  const scale = variance.map((value, channel) => (gamma[channel] as number) / Math.sqrt(value + epsilon));
  const shift = scale.map((value, channel) => (beta[channel] as number) - value * (mean[channel] as number));
  for (let at = 0; at < x.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      y[at + channel] = (x[at + channel] as number) * (scale[channel] as number) + (shift[channel] as number);
    }
  }
  outputs.mean.set(mean);
  outputs.variance.set(variance);
};

/** For each channel, the sums of `dy` and of `dy · (x - mean)`, in double precision. */
const gradientSums = (
  dy: Float32Array,
  x: Float32Array,
  mean: Float32Array,
): { ofDy: Float64Array; ofDeviations: Float64Array } => {
  const channels = mean.length;
  const ofDy = new Float64Array(channels);
  const ofDeviations = new Float64Array(channels);
  for (let at = 0; at < x.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const gradient = dy[at + channel] as number;
      const deviation = (x[at + channel] as number) - (mean[channel] as number);
      ofDy[channel] = (ofDy[channel] as number) + gradient;
      ofDeviations[channel] = (ofDeviations[channel] as number) + gradient * deviation;
    }
  }
  return { ofDy, ofDeviations };
};

/** The gradient of {@link normalize}, through the statistics too (Ioffe & Szegedy 2015). */
const differentiate = (
  { x, gamma, epsilon }: Normalized,
  {
    dy,
    mean,
    variance,
  }: { readonly dy: Float32Array; readonly mean: Float32Array; readonly variance: Float32Array },
  outputs: { readonly dx: Float32Array; readonly dGamma: Float32Array; readonly dBeta: Float32Array },
): void => {
  const channels = gamma.length;
  const count = x.length / channels;
  const { dx } = outputs;
  const inverse = Float64Array.from(variance, (value) => 1 / Math.sqrt(value + epsilon));
  const { ofDy: dBeta, ofDeviations } = gradientSums(dy, x, mean);
  const dGamma = ofDeviations.map((sum, channel) => sum * (inverse[channel] as number));
  // dx = γ/σ · (dy - mean(dy) - x̂ · mean(dy · x̂)), taken apart by what multiplies dy, x and 1.
  const perDy = inverse.map((value, channel) => value * (gamma[channel] as number));
  const perX = perDy.map(
    (value, channel) => (-value * (inverse[channel] as number) * (dGamma[channel] as number)) / count,
  );
  const offset = perDy.map(
    (value, channel) =>
      (-value * (dBeta[channel] as number)) / count - (perX[channel] as number) * (mean[channel] as number),
  );
  for (let at = 0; at < x.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      dx[at + channel] =
        (dy[at + channel] as number) * (perDy[channel] as number) +
        (x[at + channel] as number) * (perX[channel] as number) +
        (offset[channel] as number);
    }
  }
  outputs.dGamma.set(dGamma);
  outputs.dBeta.set(dBeta);
};

type Inputs<Name extends string> = Readonly<Record<Name, tf.TensorInfo>>;

/** Makes outputs of the given shapes, and gives them and the inputs as floats; allocates before it looks. */
const open = <Name extends string>(
  backend: BackendWasm,
  inputs: Inputs<Name>,
  shapes: readonly number[][],
): { outputs: tf.TensorInfo[]; floats: Float32Array[]; given: Record<Name, Float32Array> } => {
  const outputs = shapes.map((shape) => backend.makeOutput(shape, 'float32'));
  const entries = Object.entries<tf.TensorInfo>(inputs).map(([name, info]) => [
    name,
    floatsOf(backend, info),
  ]);
  return {
    outputs,
    floats: outputs.map((info) => floatsOf(backend, info)),
    given: Object.fromEntries(entries) as Record<Name, Float32Array>,
  };
};

const register = <Name extends string>(
  kernelName: string,
  compute: (backend: BackendWasm, inputs: Inputs<Name>, epsilon: number) => tf.TensorInfo[],
): void => {
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      compute(backend as BackendWasm, inputs as Inputs<Name>, attrs?.['epsilon'] as number),
  });
};

/**
 * Registers batch normalisation for training, and its gradient, as one kernel each: TensorFlow.js composes both from
 * some forty passes over the batch.
 */
export const defineBatchNorm = (): void => {
  register<'x' | 'gamma' | 'beta'>(BATCH_NORM_TRAINING, (backend, inputs, epsilon) => {
    const { shape } = inputs.gamma;
    const { outputs, floats, given } = open(backend, inputs, [inputs.x.shape, shape, shape]);
    const [y, mean, variance] = floats as [Float32Array, Float32Array, Float32Array];
    normalize({ x: given.x, gamma: given.gamma, epsilon }, given.beta, { y, mean, variance });
    return outputs;
  });
  register<'dy' | 'x' | 'gamma' | 'mean' | 'variance'>(
    BATCH_NORM_TRAINING_GRADIENT,
    (backend, inputs, epsilon) => {
      const { shape } = inputs.gamma;
      const { outputs, floats, given } = open(backend, inputs, [inputs.x.shape, shape, shape]);
      const [dx, dGamma, dBeta] = floats as [Float32Array, Float32Array, Float32Array];
      differentiate({ x: given.x, gamma: given.gamma, epsilon }, given, { dx, dGamma, dBeta });
      return outputs;
    },
  );
};
