import tf from '@tensorflow/tfjs';
import { defineWasmKernel, floatsOf } from './wasm-kernel.ts';

/** Adds up the rows of a matrix, in double precision. */
export const sumRows = (matrix: Float32Array, columns: number, sums: Float32Array): void => {
  const totals = new Float64Array(columns);
  for (let at = 0; at < matrix.length; at += columns) {
    for (let column = 0; column < columns; column++) {
      totals[column] = (totals[column] as number) + (matrix[at + column] as number);
    }
  }
  sums.set(totals);
};

const reducesAllButLast = (axes: readonly number[], rank: number): boolean =>
  rank > 1 && axes.length === rank - 1 && axes.every((axis) => axis !== rank - 1);

/** Registers a sum that adds up over all axes but the last (the gradient of a bias) without transposing first. */
export const defineSum = (): void => {
  defineWasmKernel<{ x: tf.TensorInfo }, { axis: number | number[]; keepDims: boolean }>(
    'Sum',
    (call, shipped) => {
      if (shipped === undefined) throw new TypeError('The wasm backend has no Sum to build on.');
      const { x } = call.inputs;
      const rank = x.shape.length;
      const axes = tf.util.parseAxisParam(call.attrs.axis, x.shape);
      if (x.dtype !== 'float32' || !reducesAllButLast(axes, rank)) return shipped(call);
      const columns = x.shape[rank - 1] as number;
      const shape = call.attrs.keepDims ? [...axes.map(() => 1), columns] : [columns];
      const out = call.backend.makeOutput(shape, 'float32');
      sumRows(floatsOf(call.backend, x), columns, floatsOf(call.backend, out));
      return out;
    },
  );
};
