import { int, type Value } from '../graph/graph.ts';
import { reshapeTensor } from '../graph/tensor.ts';
import { transposedMatrix } from '../ops/kernels.ts';
import type { LayerCall, LayerConverter } from './layer-call.ts';

/** Words are rows of a table. */
const embedding: LayerConverter = (call) => {
  if (call.config['maskZero'] === true) throw call.unsupported('with a mask');
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

/** The products of two sets of vectors, along one axis of each. */
const dot: LayerConverter = (call) => {
  const [one, other] = call.inputs as [Value, Value];
  const setting = call.config['axes'] as number | [number, number];
  const axes = Array.isArray(setting) ? setting : [setting, setting];
  const [first, second] = [one, other].map((value, index) => {
    const axis = axes[index] as number;
    return axis < 0 ? axis + value.shape.length : axis;
  }) as [number, number];
  if (call.config['normalize'] === true) throw call.unsupported('with normalisation');
  if (one.shape.length === 2 && other.shape.length === 2) {
    return call.add('ReduceSum', [call.add('Mul', [one, other]), call.integers('axes', [1])], {
      keepdims: int(1),
    });
  }
  if (one.shape.length !== 3 || other.shape.length !== 3) throw call.unsupported('of inputs of these ranks');
  return call.add('MatMul', [
    first === 2 ? one : turned(call, one),
    second === 1 ? other : turned(call, other),
  ]);
};

const turned = (call: LayerCall, value: Value): Value => transposedMatrix(call, value);

/** Layers of words and vectors. */
export const vectorLayers: Readonly<Record<string, LayerConverter>> = {
  Dot: dot,
  Embedding: embedding,
  LayerNormalization: layerNormalization,
  RepeatVector: repeatVector,
};
