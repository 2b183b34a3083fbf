import { int, type Value } from '../graph/graph.ts';
import type { LayerCall, LayerConverter, LayerConverters } from './layer-call.ts';

/** Keras gives inputs of lower rank dimensions of 1 after the batch; broadcasting does the rest. */
const alignRanks = (call: LayerCall): readonly Value[] => {
  const rank = Math.max(...call.inputs.map((input) => input.shape.length));
  return call.inputs.map((input) => {
    const [batch = 1, ...rest] = input.shape;
    const missing = Array.from({ length: rank - input.shape.length }, () => 1);
    return missing.length === 0
      ? input
      : call.builder.reshape(call.name, input, [batch, ...missing, ...rest]);
  });
};

const elementwise =
  (op: string): LayerConverter =>
  (call) =>
    alignRanks(call).reduce((sum, input) => call.add(op, [sum, input]));

const average: LayerConverter = (call) => {
  const sum = alignRanks(call).reduce((total, input) => call.add('Add', [total, input]));
  return call.add('Mul', [sum, call.scalar('share', 1 / call.inputs.length)]);
};

const concatenate: LayerConverter = (call) => {
  const axis = call.config['axis'] as number;
  const rank = call.inputs[0]?.shape.length ?? 0;
  return call.add('Concat', call.inputs, { axis: int(axis < 0 ? axis + rank : axis) });
};

/** Layers that join several inputs. */
export const mergeLayers: LayerConverters = {
  Add: elementwise('Add'),
  Average: average,
  Concatenate: concatenate,
  Maximum: elementwise('Max'),
  Minimum: elementwise('Min'),
  Multiply: elementwise('Mul'),
};
