import { int, type Value } from '../graph/graph.ts';
import { reshapeTensor } from '../graph/tensor.ts';
import { transposedMatrix } from '../ops/kernels.ts';
import type { LayerCall, LayerConverter, LayerConverters } from './layer-call.ts';

/** Words are rows of a table. */
const embedding: LayerConverter = (call) => {
  const table = call.constant('embeddings', call.weight('embeddings'));
  return call.add('Gather', [table, call.cast(call.input, 'int64')], { axis: int(0) });
};

const repeatVector: LayerConverter = (call) => {
  const spread = call.add('Unsqueeze', [call.input, call.integers('axes', [1])]);
  return call.add('Tile', [spread, call.integers('repeats', [1, call.config['n'] as number, 1])]);
};

/** Normalises over some axes; ONNX's operator for this has other defaults in every runtime, so it is spelled out. */
const layerNormalization: LayerConverter = (call) => {
  const { input } = call;
  const rank = input.shape.length;
  const axes = [call.config['axis'] as number | number[]]
    .flat()
    .map((axis) => (axis < 0 ? axis + rank : axis));
  const over = call.integers('axes', axes);
  const centred = call.add('Sub', [input, call.add('ReduceMean', [input, over], { keepdims: int(1) })]);
  const variance = call.add('ReduceMean', [call.add('Mul', [centred, centred]), over], { keepdims: int(1) });
  const deviation = call.add('Sqrt', [
    call.add('Add', [variance, call.scalar('epsilon', call.config['epsilon'] as number)]),
  ]);
  const normal = call.add('Div', [centred, deviation]);
  const aligned = (name: string): readonly Value[] => {
    const weight = call.optionalWeight(name);
    if (weight === undefined) return [];
    const shape = input.shape.map((_, axis) =>
      axes.includes(axis) ? (weight.shape[axes.indexOf(axis)] as number) : 1,
    );
    return [call.constant(name, reshapeTensor(weight, shape))];
  };
  const scaled = aligned('gamma').reduce((x, gamma) => call.add('Mul', [x, gamma]), normal);
  return aligned('beta').reduce((x, beta) => call.add('Add', [x, beta]), scaled);
};

/** tfjs counts lengths below the root of this as no length. */
const SMALLEST_SQUARE = 1e-7;

/** Divides vectors by their length. */
const normalized = (call: LayerCall, x: Value, axis: number): Value => {
  const squares = call.add('Mul', [x, x]);
  const sum = call.add('ReduceSum', [squares, call.integers('axes', [axis])], { keepdims: int(1) });
  const kept = call.add('Max', [sum, call.scalar('smallest', SMALLEST_SQUARE)]);
  return call.add('Div', [x, call.add('Sqrt', [kept])]);
};

/** The products of two sets of vectors, along one axis of each; a lone vector is a set of one. */
const dot: LayerConverter = (call) => {
  const setting = call.config['axes'] as number | [number, number];
  const places = Array.isArray(setting) ? setting : [setting, setting];
  const axes = call.inputs.map(({ shape }, index) => {
    const axis = places[index] as number;
    return axis < 0 ? axis + shape.length : axis;
  });
  if (axes.includes(0)) throw call.unsupported('along the batch');
  const [one, other] = call.inputs.map((input, index) =>
    call.config['normalize'] === true ? normalized(call, input, axes[index] as number) : input,
  ) as [Value, Value];
  if (one.shape.length === 2 && other.shape.length === 2) {
    const products = call.add('Mul', [one, other]);
    return call.add('ReduceSum', [products, call.integers('axes', [1])], { keepdims: int(1) });
  }
  return multiplied(call, [one, axes[0] as number], [other, axes[1] as number]);
};

/** A product of matrices; a vector `[batch, size]` is a column on the left, turned, or on the right. */
const multiplied = (
  call: LayerCall,
  [one, oneAxis]: readonly [Value, number],
  [other, otherAxis]: readonly [Value, number],
): Value => {
  const column = (x: Value): Value =>
    x.shape.length === 3 ? x : call.add('Unsqueeze', [x, call.integers('column', [2])]);
  const left = oneAxis === 2 ? one : transposedMatrix(call, column(one));
  const right = otherAxis === 2 ? transposedMatrix(call, other) : column(other);
  const product = call.add('MatMul', [left, right]);
  if (one.shape.length === other.shape.length) return product;
  return call.add('Squeeze', [product, call.integers('lone', [one.shape.length === 2 ? 1 : 2])]);
};

/** Layers of words and vectors. */
export const vectorLayers: LayerConverters = {
  Dot: dot,
  Embedding: embedding,
  LayerNormalization: layerNormalization,
  RepeatVector: repeatVector,
};
