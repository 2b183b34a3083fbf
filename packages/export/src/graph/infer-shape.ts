import { MienError } from '@mien/contract';
import { intsOf, numberOf, type Attributes, type Value } from './graph.ts';
import { permute } from './permutation.ts';
import { formatShape, type Dim, type Shape } from './shape.ts';

/** A node whose inputs do not fit its operator: the model is broken, or a converter is. */
export class ShapeError extends MienError {
  override readonly name = 'ShapeError';
  constructor(
    readonly op: string,
    readonly node: string,
    readonly inputShapes: readonly Shape[],
    reason: string,
  ) {
    super(
      `The inputs of ${op} (node "${node}") do not fit: ${inputShapes.map(formatShape).join(', ')}; ${reason}. ` +
        'If tfjs itself runs this model, please report it.',
    );
  }
}

interface Operation {
  readonly op: string;
  readonly label: string;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
}

type Inference = (shapes: readonly Shape[], operation: Operation) => Shape;

const first: Inference = ([shape]) => shape ?? [];

/** Numpy's rule, which ONNX shares: align at the right, 1 stretches. */
const broadcastDim = (one: Dim, other: Dim): Dim => {
  if (one === 1) return other;
  if (other === 1 || one === other) return one;
  throw new RangeError(`${one} does not broadcast against ${other}`);
};

const broadcast: Inference = (shapes) => {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) =>
    shapes
      .map((shape) => shape[axis - rank + shape.length] ?? 1)
      .reduce((one, other) => broadcastDim(one, other)),
  );
};

const windowed = (
  size: Dim | undefined,
  axis: number,
  kernel: readonly number[],
  attributes: Attributes,
): number => {
  if (typeof size !== 'number') throw new RangeError('height and width must be known');
  const pads = intsOf(attributes, 'pads');
  const dilation = attributes['dilations'] === undefined ? 1 : (intsOf(attributes, 'dilations')[axis] ?? 1);
  const reach = dilation * ((kernel[axis] ?? 1) - 1) + 1;
  const padded = size + (pads[axis] ?? 0) + (pads[axis + kernel.length] ?? 0);
  const result = Math.floor((padded - reach) / (intsOf(attributes, 'strides')[axis] ?? 1)) + 1;
  if (result < 1) throw new RangeError(`the window of ${reach} is larger than the padded input of ${padded}`);
  return result;
};

const conv: Inference = ([x = [], weights = []], { attributes }) => {
  const channels = weights[1];
  const groups = numberOf(attributes, 'group', 1);
  if (typeof channels !== 'number' || x[1] !== channels * groups) {
    throw new RangeError(`the kernel takes ${channels} × ${groups} channels, the input has ${x[1]}`);
  }
  const kernel = intsOf(attributes, 'kernel_shape');
  return [
    x[0] ?? 1,
    weights[0] ?? 1,
    ...kernel.map((_, axis) => windowed(x[axis + 2], axis, kernel, attributes)),
  ];
};

const pool: Inference = ([x = []], { attributes }) => {
  const kernel = intsOf(attributes, 'kernel_shape');
  return [...x.slice(0, 2), ...kernel.map((_, axis) => windowed(x[axis + 2], axis, kernel, attributes))];
};

const matMul: Inference = ([a = [], b = []]) => {
  if (a.length < 2 || b.length !== 2 || a.at(-1) !== b[0]) throw new RangeError('inner dimensions differ');
  return [...a.slice(0, -1), b[1] ?? 1];
};

const concat: Inference = (shapes, { attributes }) => {
  const axis = numberOf(attributes, 'axis', 0);
  const [head = []] = shapes;
  return head.map((dim, at) => {
    const dims = shapes.map((shape) => shape[at]);
    if (at !== axis && dims.every((other) => other === dim)) return dim;
    if (at !== axis) throw new RangeError(`axis ${at} differs`);
    return dims.reduce<number>((sum, other) => {
      if (typeof other !== 'number') throw new RangeError('the joined axis must be known');
      return sum + other;
    }, 0);
  });
};

const constantInts = (value: Value | undefined): number[] => {
  const tensor = value?.constant?.tensor;
  if (tensor?.dtype !== 'int64') throw new RangeError('the second input must be constant integers');
  return Array.from(tensor.data, Number);
};

const reshape: Inference = ([x = []], { inputs }) => {
  const target = constantInts(inputs[1]);
  const shape: Dim[] = target.map((dim, axis) => (dim === 0 ? (x[axis] ?? 1) : dim));
  const known = (dims: Shape): number =>
    dims.reduce<number>((count, dim) => count * (typeof dim === 'number' && dim !== -1 ? dim : 1), 1);
  const symbols = x.filter((dim) => typeof dim === 'string' && !shape.includes(dim));
  const rest = known(x) / known(shape);
  const open = shape.indexOf(-1);
  if (open >= 0) shape[open] = symbols.length === 1 && rest === 1 ? (symbols.pop() as Dim) : rest;
  if (symbols.length > 0 || !Number.isInteger(rest) || (open < 0 && rest !== 1)) {
    throw new RangeError(`cannot become ${formatShape(shape)}`);
  }
  return shape;
};

const pad: Inference = ([x = []], { inputs }) => {
  const pads = constantInts(inputs[1]);
  return x.map((dim, axis) => {
    const grown = (pads[axis] ?? 0) + (pads[axis + x.length] ?? 0);
    if (grown === 0) return dim;
    if (typeof dim !== 'number') throw new RangeError(`axis ${axis} must be known`);
    return dim + grown;
  });
};

const flatten: Inference = ([x = []]) => {
  const inner = x.slice(1).map((dim) => {
    if (typeof dim !== 'number') throw new RangeError('all but the batch must be known');
    return dim;
  });
  return [x[0] ?? 1, inner.reduce((count, dim) => count * dim, 1)];
};

const globalPool: Inference = ([x = []]) => [...x.slice(0, 2), ...x.slice(2).map(() => 1)];

const batchNormalization: Inference = ([x = [], ...statistics]) => {
  if (statistics.some((shape) => shape.length !== 1 || shape[0] !== x[1])) {
    throw new RangeError(`the statistics are not for ${x[1]} channels`);
  }
  return x;
};

const transpose: Inference = ([x = []], { attributes }) => {
  const permutation = intsOf(attributes, 'perm');
  if (permutation.length !== x.length)
    throw new RangeError(`cannot be permuted by ${permutation.join(', ')}`);
  return permute(x, permutation);
};

const gemm: Inference = (shapes, operation) => {
  const shape = matMul(shapes, operation);
  return broadcast([shape, shapes[2] ?? []], operation);
};

const INFERENCES: Readonly<Record<string, Inference>> = {
  Add: broadcast,
  AveragePool: pool,
  BatchNormalization: batchNormalization,
  Clip: first,
  Concat: concat,
  Conv: conv,
  Elu: first,
  Erf: first,
  Flatten: flatten,
  Gemm: gemm,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  HardSigmoid: first,
  Identity: first,
  LeakyRelu: first,
  LogSoftmax: first,
  MatMul: matMul,
  Max: broadcast,
  MaxPool: pool,
  Min: broadcast,
  Mul: broadcast,
  PRelu: broadcast,
  Pad: pad,
  Relu: first,
  Reshape: reshape,
  Selu: first,
  Sigmoid: first,
  Softmax: first,
  Softplus: first,
  Softsign: first,
  Tanh: first,
  ThresholdedRelu: first,
  Transpose: transpose,
};

/**
 * Works out the shape of a node's result, by the operator's rule in the ONNX specification.
 *
 * @throws {ShapeError} when the inputs do not fit, or the operator is not one that this package writes.
 */
export const inferShape = (operation: Operation): Shape => {
  const shapes = operation.inputs.map((input) => input.shape);
  const infer = INFERENCES[operation.op];
  try {
    if (infer === undefined) throw new RangeError('its shape rule is missing from infer-shape.ts');
    return infer(shapes, operation);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ShapeError(operation.op, operation.label, shapes, error.message);
  }
};
