import type tf from '@tensorflow/tfjs';
import { NATIVE_TYPES, type NativeTensor } from '../native-backend.ts';
import type { NativeLayer, NativeResult } from './native-layer.ts';
import { nativeLayers } from './native-layers.ts';
import { NativeOps, type ComputeType } from './native-ops.ts';

/** tfjs types a layer's variable as private. */
type LayerVariable = { readonly val: tf.Variable };

/** One application of a layer, its inputs and its output by their numbers. */
interface Application {
  readonly layer: tf.layers.Layer;
  readonly native: NativeLayer;
  readonly inputs: readonly number[];
  readonly output: number;
}

/** Statistics of a batch, as a normalisation layer is to follow them. */
export interface BatchStatistics {
  readonly layer: tf.layers.Layer;
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/** What one pass forward leaves for the pass back. */
export interface ForwardPass {
  /** float32. */
  readonly features: tf.Tensor2D;
  readonly statistics: readonly BatchStatistics[];
  /**
   * @param gradient of the loss in the features.
   * @returns gradients in the weights, float32, by the variable's id. Call it once.
   */
  backward(gradient: tf.Tensor2D): Map<number, tf.Tensor>;
}

const inputTensors = (tensor: tf.SymbolicTensor): readonly tf.SymbolicTensor[] => tensor.inputs;

/** The applications of layers between pixels and features, in an order in which they can be computed. */
const applicationsFor = (
  pixels: tf.SymbolicTensor,
  features: tf.SymbolicTensor,
): Application[] | undefined => {
  const numbers = new Map<tf.SymbolicTensor, number>([[pixels, 0]]);
  const applications: Application[] = [];
  const visit = (tensor: tf.SymbolicTensor): boolean => {
    if (numbers.has(tensor)) return true;
    const { sourceLayer: layer } = tensor;
    const native = nativeLayers[layer.getClassName()];
    const [first] = inputTensors(tensor);
    if (native === undefined || first === undefined || !native.accepts(layer, first.shape)) return false;
    if (!inputTensors(tensor).every(visit)) return false;
    const inputs = inputTensors(tensor).map((input) => numbers.get(input) as number);
    numbers.set(tensor, numbers.size);
    applications.push({ layer, native, inputs, output: numbers.size - 1 });
    return true;
  };
  return visit(features) ? applications : undefined;
};

const variablesOf = (layer: tf.layers.Layer): tf.Variable[] =>
  (layer.trainableWeights as unknown as readonly LayerVariable[]).map(({ val }) => val);

const isSameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

/**
 * A network's trunk, from pixels to the vector of features, as a list of TensorFlow ops forward and back, on native
 * TensorFlow. Against TensorFlow.js's own differentiation it saves what that does around each op, uses fused kernels
 * where there are some, never computes a gradient that nobody needs, and may compute images in bfloat16: half the
 * memory traffic, and twice the multiplications in a cycle on processors that have the instructions (AVX512-BF16, AMX).
 * Weights, statistics and everything behind the last image stay float32.
 */
export class NativeTrunk {
  readonly #applications: readonly Application[];
  readonly #imageType: number;
  readonly #learns: ReadonlySet<number>;
  readonly #ops = new NativeOps();

  private constructor(applications: readonly Application[], type: ComputeType) {
    this.#applications = applications;
    this.#imageType = NATIVE_TYPES[type];
    const learns = new Set<number>();
    for (const { layer, inputs, output } of applications) {
      if (layer.trainableWeights.length > 0 || inputs.some((input) => learns.has(input))) learns.add(output);
    }
    this.#learns = learns;
  }

  /**
   * Prepares the part of a model between two of its tensors.
   *
   * @returns undefined when there is a layer in it that has no native form here.
   */
  static open(
    pixels: tf.SymbolicTensor,
    features: tf.SymbolicTensor,
    type: ComputeType,
  ): NativeTrunk | undefined {
    const applications = applicationsFor(pixels, features);
    return applications === undefined ? undefined : new NativeTrunk(applications, type);
  }

  /**
   * Computes the features of a batch in training mode. The statistics are handed out for the caller to follow.
   *
   * @param pixels in [0, 255], `[N, height, width, channels]`.
   */
  forward(pixels: tf.Tensor4D): ForwardPass {
    const ops = this.#ops;
    const values: NativeTensor[] = [ops.borrow(pixels)];
    const results: NativeResult[] = [];
    const statistics: BatchStatistics[] = [];
    const gradients = new Map<number, NativeTensor>();
    for (const { layer, native, inputs, output } of this.#applications) {
      const variables = variablesOf(layer);
      const result = native.run({
        ops,
        layer,
        inputs: inputs.map((input) => values[input] as NativeTensor),
        needsGradient: inputs.map((input) => this.#learns.has(input)),
        imageType: this.#imageType,
        weight: (index) => ops.borrow(variables[index] as tf.Variable),
        addGradient: (index, gradient) => {
          const { id } = variables[index] as tf.Variable;
          const float = ops.cast(gradient, NATIVE_TYPES.float32);
          const known = gradients.get(id);
          gradients.set(id, known === undefined ? float : ops.simple('AddV2', known, float));
        },
        addStatistics: (mean, variance) =>
          statistics.push({
            layer,
            mean: ops.hand(mean) as tf.Tensor1D,
            variance: ops.hand(variance) as tf.Tensor1D,
          }),
      });
      results.push(result);
      values[output] = result.output;
    }
    const last = values.at(-1) as NativeTensor;
    return {
      features: ops.hand(
        ops.run('Identity', 'float', () => ({ T: NATIVE_TYPES.float32 }), [last]),
      ) as tf.Tensor2D,
      statistics,
      backward: (gradient) => {
        this.#goBack(values, results, gradient);
        const handed = new Map([...gradients].map(([id, tensor]) => [id, ops.hand(tensor)]));
        ops.free();
        return handed;
      },
    };
  }

  /** Frees its constants; the model's weights stay. */
  dispose(): void {
    this.#ops.dispose();
  }

  #goBack(values: readonly NativeTensor[], results: readonly NativeResult[], gradient: tf.Tensor2D): void {
    const gradients = new Map<number, NativeTensor>([[values.length - 1, this.#ops.borrow(gradient)]]);
    for (let index = this.#applications.length - 1; index >= 0; index--) {
      const { inputs, output } = this.#applications[index] as Application;
      const arrived = gradients.get(output);
      if (arrived === undefined) continue;
      gradients.delete(output);
      const full = this.#fill(arrived, (values[output] as NativeTensor).shape);
      const given = (results[index] as NativeResult).backward(full);
      for (const [place, part] of given.entries()) {
        if (part === undefined) continue;
        const input = inputs[place] as number;
        const known = gradients.get(input);
        gradients.set(input, known === undefined ? part : this.#ops.simple('AddV2', known, part));
      }
    }
  }

  /** Spreads a gradient that is the same for all pixels over them. */
  #fill(gradient: NativeTensor, shape: readonly number[]): NativeTensor {
    if (isSameShape(gradient.shape, shape)) return gradient;
    const { dtype } = gradient;
    const attributes = () => ({ T: dtype, Tidx: NATIVE_TYPES.int32 });
    return this.#ops.run('BroadcastTo', String(dtype), attributes, [gradient, this.#ops.integers(shape)]);
  }
}
