import type { Value } from '../graph/graph.ts';
import type { NodeWriter } from '../graph/node-writer.ts';
import { elementCount, knownDim } from '../graph/shape.ts';
import { reshapeTensor, transposeTensor } from '../graph/tensor.ts';

/** Moves a kernel's axes: at once where it is constant, as the graph runs otherwise. */
const permuted = (writer: NodeWriter, kernel: Value, permutation: readonly number[]): Value => {
  const { constant } = kernel;
  return constant === undefined
    ? writer.transpose(kernel, permutation)
    : writer.builder.constant(constant.label, transposeTensor(constant.tensor, permutation));
};

/** Gives a kernel another shape, at once where it is constant. */
const reshaped = (writer: NodeWriter, kernel: Value, shape: readonly number[]): Value => {
  const { constant } = kernel;
  return constant === undefined
    ? writer.reshape(kernel, shape)
    : writer.builder.constant(constant.label, reshapeTensor(constant.tensor, shape));
};

/** TensorFlow keeps kernels as `[…window, inputs, outputs]`, ONNX as `[outputs, inputs, …window]`. */
export const convolutionKernel = (writer: NodeWriter, kernel: Value): Value => {
  const axes = kernel.shape.map((_, axis) => axis);
  return permuted(writer, kernel, [axes.at(-1) as number, axes.at(-2) as number, ...axes.slice(0, -2)]);
};

/** TensorFlow keeps depthwise kernels as `[height, width, inputs, multiplier]`; the outputs go input by input. */
export const depthwiseKernel = (writer: NodeWriter, kernel: Value): Value => {
  const [height, width, inputs, multiplier] = kernel.shape.map((_, axis) => knownDim(kernel.shape, axis)) as [
    number,
    number,
    number,
    number,
  ];
  return reshaped(writer, permuted(writer, kernel, [2, 3, 0, 1]), [
    elementCount([inputs, multiplier]),
    1,
    height,
    width,
  ]);
};

/** Turns a matrix over, at once where it is constant. */
export const transposedMatrix = (writer: NodeWriter, matrix: Value): Value => {
  const axes = matrix.shape.map((_, axis) => axis);
  return permuted(writer, matrix, [...axes.slice(0, -2), axes.at(-1) as number, axes.at(-2) as number]);
};
