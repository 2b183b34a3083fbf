import { addDims, ceilDivideDim, floorDivideDim, multiplyDims } from '../dim.ts';
import { intsOf, numberOf, stringOf, type Attributes } from '../graph.ts';
import { contentsOf } from '../contents.ts';
import type { Dim } from '../shape.ts';
import type { ShapeRule, ShapeRules } from './operation.ts';

const strideOf = (attributes: Attributes, axis: number): number =>
  attributes['strides'] === undefined ? 1 : (intsOf(attributes, 'strides')[axis] ?? 1);

const dilationOf = (attributes: Attributes, axis: number): number =>
  attributes['dilations'] === undefined ? 1 : (intsOf(attributes, 'dilations')[axis] ?? 1);

/** How many places a window has along one axis. */
const windowed = (
  size: Dim | undefined,
  axis: number,
  kernel: readonly number[],
  attributes: Attributes,
): Dim => {
  const stride = strideOf(attributes, axis);
  if (stringOf(attributes, 'auto_pad', 'NOTSET') === 'SAME_UPPER') return ceilDivideDim(size ?? 1, stride);
  const pads = intsOf(attributes, 'pads');
  const reach = dilationOf(attributes, axis) * ((kernel[axis] ?? 1) - 1) + 1;
  const padded = addDims(size ?? 1, (pads[axis] ?? 0) + (pads[axis + kernel.length] ?? 0));
  const result = addDims(floorDivideDim(addDims(padded, -reach), stride), 1);
  if (typeof result === 'number' && result < 1) {
    throw new RangeError(`the window of ${reach} is larger than the padded input of ${padded}`);
  }
  return result;
};

const conv: ShapeRule = ([x = [], weights = []], { attributes }) => {
  const channels = weights[1];
  const groups = numberOf(attributes, 'group', 1);
  if (typeof channels !== 'number' || (typeof x[1] === 'number' && x[1] !== channels * groups)) {
    throw new RangeError(`the kernel takes ${channels} × ${groups} channels, the input has ${x[1]}`);
  }
  const kernel = intsOf(attributes, 'kernel_shape');
  return [
    x[0] ?? 1,
    weights[0] ?? 1,
    ...kernel.map((_, axis) => windowed(x[axis + 2], axis, kernel, attributes)),
  ];
};

const convTranspose: ShapeRule = ([x = [], weights = []], { attributes }) => {
  const kernel = intsOf(attributes, 'kernel_shape');
  const pads = intsOf(attributes, 'pads');
  const spatial = kernel.map((size, axis) => {
    const grown = multiplyDims([addDims(x[axis + 2] ?? 1, -1), strideOf(attributes, axis)]);
    const reach = dilationOf(attributes, axis) * (size - 1) + 1;
    const extra = attributes['output_padding'] === undefined ? 0 : intsOf(attributes, 'output_padding')[axis];
    return addDims(grown, reach + (extra ?? 0) - (pads[axis] ?? 0) - (pads[axis + kernel.length] ?? 0));
  });
  return [x[0] ?? 1, multiplyDims([weights[1] ?? 1, numberOf(attributes, 'group', 1)]), ...spatial];
};

const pool: ShapeRule = ([x = []], { attributes }) => {
  const kernel = intsOf(attributes, 'kernel_shape');
  return [...x.slice(0, 2), ...kernel.map((_, axis) => windowed(x[axis + 2], axis, kernel, attributes))];
};

const globalPool: ShapeRule = ([x = []]) => [...x.slice(0, 2), ...x.slice(2).map(() => 1)];

/** The sizes are the fourth input, or the factors by which the image grows are the third. */
const resize: ShapeRule = ([x = []], { inputs, newSymbol }) => {
  const scales = inputs[2]?.constant?.tensor;
  if (inputs[3] === undefined && scales?.dtype === 'float32') {
    return x.map((dim, axis) => multiplyDims([dim, scales.data[axis] ?? 1]));
  }
  return contentsOf(inputs[3]) ?? x.map((dim, axis) => (axis < 2 ? dim : newSymbol()));
};

const depthToSpace: ShapeRule = ([x = []], { attributes }) => {
  const block = numberOf(attributes, 'blocksize', 1);
  const [batch = 1, channels = 1, ...spatial] = x;
  return [
    batch,
    floorDivideDim(channels, block * block),
    ...spatial.map((dim) => multiplyDims([dim, block])),
  ];
};

const spaceToDepth: ShapeRule = ([x = []], { attributes }) => {
  const block = numberOf(attributes, 'blocksize', 1);
  const [batch = 1, channels = 1, ...spatial] = x;
  return [
    batch,
    multiplyDims([channels, block * block]),
    ...spatial.map((dim) => floorDivideDim(dim, block)),
  ];
};

/** Operators that slide over, shrink or grow images. */
export const windowRules: ShapeRules = {
  AveragePool: pool,
  Conv: conv,
  ConvTranspose: convTranspose,
  DepthToSpace: depthToSpace,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  MaxPool: pool,
  Resize: resize,
  SpaceToDepth: spaceToDepth,
};
