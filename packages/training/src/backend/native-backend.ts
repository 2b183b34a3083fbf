import tf from '@tensorflow/tfjs';

/** One attribute of a TensorFlow op, as tfjs-node takes it. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The part of tfjs-node's backend that runs one TensorFlow op by its name; not in its typings. */
export interface NativeBackend {
  readonly binding: {
    readonly TF_Version?: string;
    readonly TF_ATTR_TYPE: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_BOOL: number;
    readonly TF_FLOAT: number;
  };
  executeMultipleOutputs(
    op: string,
    attributes: OpAttribute[],
    inputs: tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
  executeSingleOutput(op: string, attributes: OpAttribute[], inputs: tf.Tensor[]): tf.Tensor;
}

/** The current backend, which must be `tensorflow`. */
export const nativeBackend = (): NativeBackend => tf.backend() as unknown as NativeBackend;
