import tf from '@tensorflow/tfjs';

/** One attribute of a TensorFlow op, as tfjs-node takes it. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** A tensor as tfjs-node's addon gives it: its handle, and what is known of it. */
export interface NativeTensor {
  readonly id: number;
  readonly shape: readonly number[];
  /** TensorFlow's number of the type, see {@link NATIVE_TYPES}. */
  readonly dtype: number;
}

/** TensorFlow's numbers of the types that are used here (`tensorflow/core/framework/types.proto`). */
export const NATIVE_TYPES = { float32: 1, int32: 3, bool: 10, bfloat16: 14 } as const;

/** The part of tfjs-node's addon that is used here; not in the backend's typings. */
export interface NativeBinding {
  readonly TF_Version?: string;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_FLOAT: number;
  executeOp(
    op: string,
    attributes: readonly OpAttribute[],
    inputs: number[],
    outputs: number,
  ): NativeTensor[];
  createTensor(shape: readonly number[], dtype: number, values: Int32Array | Float32Array): number;
  deleteTensor(id: number): void;
}

/** The part of tfjs-node's backend that runs one TensorFlow op by its name; not in its typings. */
export interface NativeBackend {
  readonly binding: NativeBinding;
  executeMultipleOutputs(
    op: string,
    attributes: OpAttribute[],
    inputs: tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
  executeSingleOutput(op: string, attributes: OpAttribute[], inputs: tf.Tensor[]): tf.Tensor;
  /** Makes a tfjs tensor of a native one, which it owns from then on. */
  createOutputTensor(tensor: NativeTensor): tf.Tensor;
  /** The handles of tfjs tensors, which go on owning them. */
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
}

/** The current backend, which must be `tensorflow`. */
export const nativeBackend = (): NativeBackend => tf.backend() as unknown as NativeBackend;
