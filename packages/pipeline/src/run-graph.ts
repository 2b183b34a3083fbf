/** A dense block of float32 numbers. */
export interface Tensor {
  /** Row-major, as long as the product of `dims`. */
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Tensors by the names that the graph gives them. */
export type Tensors = Readonly<Record<string, Tensor>>;

/**
 * Runs one ONNX graph. The port between the pure pipeline and a runtime: Node and web each bring one, and everything
 * else is shared. The inputs are only read; the outputs belong to the caller.
 */
export type RunGraph = (inputs: Tensors) => Promise<Tensors>;
