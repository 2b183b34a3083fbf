import tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** What a kernel is called with: its tensors, its attributes, and the backend that holds the heap. */
export interface KernelCall<Inputs, Attributes> {
  readonly inputs: Inputs;
  readonly attrs: Attributes;
  readonly backend: BackendWasm;
}

type Kernel<Inputs, Attributes> = (call: KernelCall<Inputs, Attributes>) => tf.TensorInfo;

/**
 * Registers a kernel with one output for the wasm backend, in place of the one that TensorFlow.js ships, if any.
 *
 * @param compute gets the shipped kernel to fall back on; undefined where TensorFlow.js has none.
 */
export const defineWasmKernel = <Inputs, Attributes>(
  kernelName: string,
  compute: (
    call: KernelCall<Inputs, Attributes>,
    shipped: Kernel<Inputs, Attributes> | undefined,
  ) => tf.TensorInfo,
): void => {
  const config = tf.getKernel(kernelName, 'wasm') as tf.KernelConfig | undefined;
  const shipped = config?.kernelFunc as Kernel<Inputs, Attributes> | undefined;
  const kernel: Kernel<Inputs, Attributes> = (call) => compute(call, shipped);
  if (config !== undefined) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({
    ...config,
    kernelName,
    backendName: 'wasm',
    kernelFunc: kernel as unknown as tf.KernelFunc,
  });
};

/** Runs a registered kernel from within another one; the caller releases the result. */
export const runWasmKernel = (
  kernelName: string,
  backend: BackendWasm,
  inputs: Record<string, tf.TensorInfo>,
  attrs: Record<string, unknown>,
): tf.TensorInfo =>
  tf.getKernel(kernelName, 'wasm').kernelFunc({
    inputs,
    backend,
    attrs: attrs as tf.NamedAttrMap,
  }) as tf.TensorInfo;

/** Frees tensors that {@link runWasmKernel} or `makeOutput` gave. */
export const release = (backend: BackendWasm, ...tensors: readonly tf.TensorInfo[]): void => {
  for (const { dataId } of tensors) backend.disposeData(dataId);
};

/** The values of a float tensor, in place on the heap. Valid until the next allocation, which may move the heap. */
export const floatsOf = (backend: BackendWasm, tensor: tf.TensorInfo): Float32Array =>
  backend.typedArrayFromHeap(tensor) as Float32Array;
