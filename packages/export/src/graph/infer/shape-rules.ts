import { contentsOf, knownIntegers } from '../contents.ts';
import { addDims, divideDims, multiplyDims, ratioOfDims } from '../dim.ts';
import { intsOf, numberOf, type Value } from '../graph.ts';
import { permute } from '../permutation.ts';
import { formatShape, type Dim, type Shape } from '../shape.ts';
import { broadcastShapes } from './elementwise-rules.ts';
import { axisOf, type Operation, type ShapeRule, type ShapeRules } from './operation.ts';

/** A shape that another value holds: its elements where they are known, new symbols where only their number is. */
const shapeIn = (value: Value | undefined, { newSymbol }: Operation): Shape => {
  const contents = contentsOf(value);
  if (contents !== undefined) return contents;
  const rank = value?.shape[0];
  if (typeof rank !== 'number')
    throw new RangeError('the rank of the result is known only when the graph runs');
  return Array.from({ length: rank }, newSymbol);
};

const concat: ShapeRule = (shapes, { attributes }) => {
  const [head = []] = shapes;
  const axis = axisOf(numberOf(attributes, 'axis', 0), head.length);
  return head.map((dim, at) => {
    const dims = shapes.map((shape) => shape[at] ?? 1);
    if (at === axis) return dims.reduce(addDims);
    const sizes = dims.filter((other): other is number => typeof other === 'number');
    if (sizes.some((size) => size !== sizes[0])) throw new RangeError(`axis ${at} differs`);
    return sizes[0] ?? dim;
  });
};

const reshape: ShapeRule = ([x = []], operation) => {
  const target = shapeIn(operation.inputs[1], operation);
  const shape: Dim[] = target.map((dim, axis) => (dim === 0 ? (x[axis] ?? 1) : dim));
  const total = multiplyDims(x);
  const open = shape.indexOf(-1);
  const rest = divideDims(total, multiplyDims(shape.filter((dim) => dim !== -1)));
  if (open >= 0) shape[open] = rest ?? (total === 0 ? 0 : operation.newSymbol());
  const ratio = open < 0 ? ratioOfDims(total, multiplyDims(shape)) : 1;
  const isBroken = ratio !== undefined && ratio !== 1 && total !== 0;
  if (isBroken || (open >= 0 && rest === undefined && typeof total === 'number' && shape.includes(-1))) {
    throw new RangeError(`cannot become ${formatShape(shape)}`);
  }
  return shape;
};

const pad: ShapeRule = ([x = []], { inputs, newSymbol }) => {
  const pads = contentsOf(inputs[1]);
  return x.map((dim, axis) =>
    pads === undefined ? newSymbol() : addDims(dim, addDims(pads[axis] ?? 0, pads[axis + x.length] ?? 0)),
  );
};

const flatten: ShapeRule = ([x = []], { attributes }) => {
  const axis = numberOf(attributes, 'axis', 1);
  return [multiplyDims(x.slice(0, axis)), multiplyDims(x.slice(axis))];
};

const transpose: ShapeRule = ([x = []], { attributes }) => {
  const permutation = intsOf(attributes, 'perm');
  if (permutation.length !== x.length)
    throw new RangeError(`cannot be permuted by ${permutation.join(', ')}`);
  return permute(x, permutation);
};

const squeeze: ShapeRule = ([x = []], { inputs }) => {
  const axes = knownIntegers(inputs[1])?.map((axis) => axisOf(axis, x.length));
  return x.filter((dim, axis) => (axes === undefined ? dim !== 1 : !axes.includes(axis)));
};

const unsqueeze: ShapeRule = ([x = []], { inputs }) => {
  const axes = knownIntegers(inputs[1]);
  if (axes === undefined) throw new RangeError('the axes must be known');
  const rank = x.length + axes.length;
  const added = new Set(axes.map((axis) => axisOf(axis, rank)));
  const dims = [...x];
  return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (dims.shift() ?? 1)));
};

const expand: ShapeRule = ([x = []], operation) =>
  broadcastShapes([x, shapeIn(operation.inputs[1], operation)]);

const tile: ShapeRule = ([x = []], { inputs, newSymbol }) => {
  const repeats = contentsOf(inputs[1]);
  return x.map((dim, axis) =>
    repeats === undefined ? newSymbol() : multiplyDims([dim, repeats[axis] ?? 1]),
  );
};

const range: ShapeRule = (_, { inputs, newSymbol }) => {
  const [start, stop, step] = inputs.map((input) => contentsOf(input)?.[0]);
  if (start === 0 && step === 1 && stop !== undefined) return [stop];
  if (typeof start !== 'number' || typeof stop !== 'number' || typeof step !== 'number') return [newSymbol()];
  return [Math.max(0, Math.ceil((stop - start) / step))];
};

/** Operators that change shapes, and those that make shapes and values of a shape. */
export const shapeRules: ShapeRules = {
  Concat: concat,
  ConstantOfShape: (_, operation) => shapeIn(operation.inputs[0], operation),
  Expand: expand,
  Flatten: flatten,
  Pad: pad,
  RandomNormal: (_, { attributes }) => intsOf(attributes, 'shape'),
  RandomNormalLike: ([x = []]) => x,
  RandomUniform: (_, { attributes }) => intsOf(attributes, 'shape'),
  RandomUniformLike: ([x = []]) => x,
  Range: range,
  Reshape: reshape,
  Shape: ([x = []], { attributes }) => [
    numberOf(attributes, 'end', x.length) - numberOf(attributes, 'start', 0),
  ],
  Size: () => [],
  Squeeze: squeeze,
  Tile: tile,
  Transpose: transpose,
  Unsqueeze: unsqueeze,
};
