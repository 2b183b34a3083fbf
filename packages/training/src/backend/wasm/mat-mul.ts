import tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { defineWasmKernel, release, runWasmKernel, type KernelCall } from './wasm-kernel.ts';

interface MatMulInputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const PLAIN: MatMulAttributes = { transposeA: false, transposeB: false };

const isOneMatrix = ({ dtype, shape }: tf.TensorInfo): boolean =>
  dtype === 'float32' && shape.slice(0, -2).every((size) => size === 1);

/** The same values without the leading axes. */
const asMatrix = (tensor: tf.TensorInfo): tf.TensorInfo => ({ ...tensor, shape: tensor.shape.slice(-2) });

const sizeOf = ({ shape }: tf.TensorInfo): number => tf.util.sizeFromShape(shape);

const transpose = (backend: BackendWasm, x: tf.TensorInfo): tf.TensorInfo =>
  runWasmKernel('Transpose', backend, { x }, { perm: [1, 0] });

/**
 * Multiplies two matrices of which at least one stands transposed, by transposing for real what has to be: either the
 * operands, or, as (b aᵀ)ᵀ = a bᵀ, the others and the result, whichever moves fewer numbers.
 */
const multiplyTransposed = (
  { inputs, attrs, backend }: KernelCall<MatMulInputs, MatMulAttributes>,
  multiply: (a: tf.TensorInfo, b: tf.TensorInfo) => tf.TensorInfo,
): tf.TensorInfo => {
  const [a, b] = [asMatrix(inputs.a), asMatrix(inputs.b)];
  const { transposeA, transposeB } = attrs;
  const temporaries: tf.TensorInfo[] = [];
  const turnIf = (isNeeded: boolean, matrix: tf.TensorInfo): tf.TensorInfo => {
    if (!isNeeded) return matrix;
    const turned = transpose(backend, matrix);
    temporaries.push(turned);
    return turned;
  };
  const rows = a.shape[transposeA ? 1 : 0] as number;
  const columns = b.shape[transposeB ? 0 : 1] as number;
  const moved = (transposeA ? sizeOf(a) : 0) + (transposeB ? sizeOf(b) : 0);
  const movedIfSwapped = sizeOf(a) + sizeOf(b) - moved + rows * columns;
  let result: tf.TensorInfo;
  if (moved <= movedIfSwapped) result = multiply(turnIf(transposeA, a), turnIf(transposeB, b));
  else {
    const swapped = multiply(turnIf(!transposeB, b), turnIf(!transposeA, a));
    temporaries.push(swapped);
    result = transpose(backend, swapped);
  }
  release(backend, ...temporaries);
  return result;
};

/**
 * Registers a matrix product that stays on XNNPACK when an operand is transposed, as gradients ask for: the shipped one
 * falls back to a plain loop. Batches of matrices, and what is not float32, go the shipped way.
 */
export const defineMatMul = (): void => {
  defineWasmKernel<MatMulInputs, MatMulAttributes>('BatchMatMul', (call, shipped) => {
    if (shipped === undefined) throw new TypeError('The wasm backend has no BatchMatMul to build on.');
    const {
      inputs: { a, b },
      attrs,
      backend,
    } = call;
    const isPlain = !attrs.transposeA && !attrs.transposeB;
    if (isPlain || !isOneMatrix(a) || !isOneMatrix(b)) return shipped(call);
    const product = multiplyTransposed(call, (left, right) =>
      shipped({ inputs: { a: left, b: right }, attrs: PLAIN, backend }),
    );
    const longer = a.shape.length > b.shape.length ? a : b;
    return { ...product, shape: [...longer.shape.slice(0, -2), ...product.shape.slice(-2)] };
  });
};
