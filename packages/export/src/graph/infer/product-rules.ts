import { broadcastDims } from '../dim.ts';
import { numberOf, stringOf } from '../graph.ts';
import type { Dim, Shape } from '../shape.ts';
import { broadcastShapes } from './elementwise-rules.ts';
import type { ShapeRule, ShapeRules } from './operation.ts';

const assertInner = (one: Dim | undefined, other: Dim | undefined): void => {
  if (typeof one === 'number' && typeof other === 'number' && one !== other) {
    throw new RangeError(`inner dimensions differ: ${one} and ${other}`);
  }
};

const matMul: ShapeRule = ([a = [], b = []]) => {
  if (a.length < 1 || b.length < 1) throw new RangeError('a number has no rows');
  const [left, right] = [a.length === 1 ? [1, ...a] : a, b.length === 1 ? [...b, 1] : b];
  assertInner(left.at(-1), right.at(-2));
  const batch = broadcastShapes([left.slice(0, -2), right.slice(0, -2)]);
  return [
    ...batch,
    ...(a.length === 1 ? [] : [left.at(-2) ?? 1]),
    ...(b.length === 1 ? [] : [right.at(-1) ?? 1]),
  ];
};

const turned = (shape: Shape, transposed: boolean): Shape => (transposed ? shape.toReversed() : shape);

const gemm: ShapeRule = ([a = [], b = [], c = []], { attributes }) => {
  const left = turned(a, numberOf(attributes, 'transA', 0) === 1);
  const right = turned(b, numberOf(attributes, 'transB', 0) === 1);
  if (left.length !== 2 || right.length !== 2) throw new RangeError('both must be matrices');
  assertInner(left[1], right[0]);
  return broadcastShapes([[left[0] ?? 1, right[1] ?? 1], c]);
};

const einsum: ShapeRule = (shapes, { attributes }) => {
  const [inputs = '', output = ''] = stringOf(attributes, 'equation', '').replaceAll(' ', '').split('->');
  const sizes = new Map<string, Dim>();
  for (const [index, letters] of inputs.split(',').entries()) {
    const shape = shapes[index] ?? [];
    if (letters.length !== shape.length) throw new RangeError(`"${letters}" is not for rank ${shape.length}`);
    for (const [axis, letter] of Array.from(letters).entries()) {
      sizes.set(letter, broadcastDims(sizes.get(letter) ?? 1, shape[axis] ?? 1));
    }
  }
  return Array.from(output, (letter) => sizes.get(letter) ?? 1);
};

/** Operators that multiply and add up. */
export const productRules: ShapeRules = { Einsum: einsum, Gemm: gemm, MatMul: matMul };
