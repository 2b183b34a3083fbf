import type tf from '@tensorflow/tfjs';
import {
  NATIVE_TYPES,
  nativeBackend,
  type NativeBackend,
  type NativeTensor,
  type OpAttribute,
} from '../native-backend.ts';

/** The number types in which activations are computed. */
export type ComputeType = 'float32' | 'bfloat16';

/** Values of op attributes by name; a number stands for a float, a list for integers. */
export type Attributes = Readonly<Record<string, number | boolean | string | readonly number[]>>;

/**
 * Runs TensorFlow ops by name on native tensors and frees everything that they made when {@link NativeOps.free} is
 * called. TensorFlow.js has no bfloat16; its addon passes such tensors on like any other, so that a whole training
 * step can stay in that type.
 */
export class NativeOps {
  readonly #backend: NativeBackend = nativeBackend();
  readonly #attributes = new Map<string, readonly OpAttribute[]>();
  readonly #constants = new Map<string, NativeTensor>();
  #made: number[] = [];

  /**
   * Runs one op of one output.
   *
   * @param key tells the attributes apart from others of the same op; they are made once for each key.
   */
  run(op: string, key: string, attributes: () => Attributes, inputs: readonly NativeTensor[]): NativeTensor {
    return this.runMany(op, key, attributes, inputs, 1)[0] as NativeTensor;
  }

  /** Runs one op of several outputs, see {@link NativeOps.run}. */
  runMany(
    op: string,
    key: string,
    attributes: () => Attributes,
    inputs: readonly NativeTensor[],
    outputs: number,
  ): NativeTensor[] {
    const fullKey = `${op} ${key}`;
    let native = this.#attributes.get(fullKey);
    if (native === undefined) {
      native = this.#toNative(attributes());
      this.#attributes.set(fullKey, native);
    }
    const made = this.#backend.binding.executeOp(
      op,
      native,
      inputs.map(({ id }) => id),
      outputs,
    );
    for (const { id } of made) this.#made.push(id);
    return made;
  }

  /** Runs an op whose one attribute is the type `T` of its first input: most elementwise ones. */
  simple(op: string, ...inputs: NativeTensor[]): NativeTensor {
    const { dtype } = inputs[0] as NativeTensor;
    return this.run(op, String(dtype), () => ({ T: dtype }), inputs);
  }

  /** The same values in another type; the tensor itself where it has that type. */
  cast(tensor: NativeTensor, dtype: number): NativeTensor {
    if (tensor.dtype === dtype) return tensor;
    const attributes = () => ({ SrcT: tensor.dtype, DstT: dtype, Truncate: false });
    return this.run('Cast', `${tensor.dtype} ${dtype}`, attributes, [tensor]);
  }

  reshape(tensor: NativeTensor, shape: readonly number[]): NativeTensor {
    const { dtype } = tensor;
    const attributes = () => ({ T: dtype, Tshape: NATIVE_TYPES.int32 });
    return this.run('Reshape', String(dtype), attributes, [tensor, this.integers(shape)]);
  }

  /** `Sum` or `Mean` over axes. */
  reduce(op: 'Sum' | 'Mean', tensor: NativeTensor, axes: readonly number[], keepDims = false): NativeTensor {
    const { dtype } = tensor;
    const attributes = () => ({ T: dtype, Tidx: NATIVE_TYPES.int32, keep_dims: keepDims });
    return this.run(op, `${dtype} ${keepDims}`, attributes, [tensor, this.integers(axes)]);
  }

  matMul(a: NativeTensor, b: NativeTensor, transposeA = false, transposeB = false): NativeTensor {
    const { dtype } = a;
    const attributes = () => ({ T: dtype, transpose_a: transposeA, transpose_b: transposeB });
    return this.run('MatMul', `${dtype} ${transposeA} ${transposeB}`, attributes, [a, b]);
  }

  /** A constant vector of integers, e.g. a shape; made once. */
  integers(values: readonly number[]): NativeTensor {
    return this.#constant(`i ${values.join(' ')}`, NATIVE_TYPES.int32, [values.length], () =>
      Int32Array.from(values),
    );
  }

  /** A constant scalar; made once for each type. */
  scalar(value: number, dtype: number = NATIVE_TYPES.float32): NativeTensor {
    const float = this.#constant(`f ${value}`, NATIVE_TYPES.float32, [], () => Float32Array.of(value));
    if (dtype === NATIVE_TYPES.float32) return float;
    const key = `f ${value} ${dtype}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const typed = this.cast(float, dtype);
    this.#made.pop();
    this.#constants.set(key, typed);
    return typed;
  }

  /** A constant vector without elements. */
  get empty(): NativeTensor {
    return this.#constant('empty', NATIVE_TYPES.float32, [0], () => new Float32Array(0));
  }

  /** Looks at a tfjs tensor, which goes on owning its memory. */
  borrow(tensor: tf.Tensor): NativeTensor {
    const [id] = this.#backend.getInputTensorIds([tensor]) as [number];
    return { id, shape: tensor.shape, dtype: NATIVE_TYPES[tensor.dtype as 'float32' | 'int32' | 'bool'] };
  }

  /** Gives a float32 tensor that an op made to tfjs, which frees it. */
  hand(tensor: NativeTensor): tf.Tensor {
    const at = this.#made.lastIndexOf(tensor.id);
    if (at < 0) throw new RangeError('Only a tensor that an op made can be given away, and only once.');
    this.#made.splice(at, 1);
    return this.#backend.createOutputTensor(tensor);
  }

  /** Frees everything that was made since the last call and not given away. */
  free(): void {
    for (const id of this.#made) this.#backend.binding.deleteTensor(id);
    this.#made = [];
  }

  /** Frees the constants too. */
  dispose(): void {
    this.free();
    for (const { id } of this.#constants.values()) this.#backend.binding.deleteTensor(id);
    this.#constants.clear();
  }

  #constant(
    key: string,
    dtype: number,
    shape: readonly number[],
    values: () => Int32Array | Float32Array,
  ): NativeTensor {
    let constant = this.#constants.get(key);
    if (constant === undefined) {
      constant = { id: this.#backend.binding.createTensor(shape, dtype, values()), shape, dtype };
      this.#constants.set(key, constant);
    }
    return constant;
  }

  #toNative(attributes: Attributes): OpAttribute[] {
    const { binding } = this.#backend;
    return Object.entries(attributes).map(([name, value]) => {
      if (typeof value === 'boolean') return { name, type: binding.TF_ATTR_BOOL, value };
      if (typeof value === 'string') return { name, type: binding.TF_ATTR_STRING, value };
      if (typeof value === 'object') return { name, type: binding.TF_ATTR_INT, value };
      // By TensorFlow's custom, attributes that hold a type begin with a capital letter.
      const type = /^[A-Z]/u.test(name) ? binding.TF_ATTR_TYPE : binding.TF_ATTR_FLOAT;
      return { name, type, value };
    });
  }
}
