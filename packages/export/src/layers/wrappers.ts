import { multiplyDims } from '../graph/dim.ts';
import { int, type Value } from '../graph/graph.ts';
import { knownDim } from '../graph/shape.ts';
import type { LayerCall, LayerConverter, LayerConverters } from './layer-call.ts';
import { BrokenMask } from './mask.ts';
import { backwards } from './recurrent-steps.ts';

/** The layer inside a wrapper, as the wrapper's settings have it. */
const innerOf = (call: LayerCall) =>
  call.config['layer'] as { readonly className: string; readonly config: Readonly<Record<string, unknown>> };

const merge = (call: LayerCall, forward: Value, backward: Value): readonly Value[] => {
  const mode = call.config['mergeMode'];
  switch (mode) {
    case 'concat':
      return [call.add('Concat', [forward, backward], { axis: int(forward.shape.length - 1) })];
    case 'mul':
      return [call.add('Mul', [forward, backward])];
    case 'sum':
      return [call.add('Add', [forward, backward])];
    case 'ave':
      return [call.add('Mul', [call.add('Add', [forward, backward]), call.scalar('half', 0.5)])];
    default:
      return [forward, backward];
  }
};

/** What ran backwards comes out backwards, and is turned again where all steps are given. */
const bidirectional: LayerConverter = (call) => {
  const [input, ...states] = call.inputs as [Value, ...Value[]];
  const [forStates, backStates] = [states.slice(0, states.length / 2), states.slice(states.length / 2)];
  const [forward, ...forwardStates] = call.applyWrapped('forwardLayer', [input, ...forStates]);
  const [last, ...backwardStates] = call.applyWrapped('backwardLayer', [input, ...backStates]);
  const isSequence = innerOf(call).config['returnSequences'] === true;
  const backward = isSequence ? backwards(call, last as Value) : (last as Value);
  return [...merge(call, forward as Value, backward), ...forwardStates, ...backwardStates];
};

/** Layers that do to each step alone what they do to all steps at once. */
const STEPWISE = new Set(['Activation', 'Dense', 'Dropout', 'ELU', 'LeakyReLU', 'ReLU']);

/** Each step counts as one more of the batch. */
const timeDistributed: LayerConverter = (call) => {
  const mask = call.isMasked ? new BrokenMask('inside a TimeDistributed') : undefined;
  const apply = (input: Value): Value => call.applyWrapped('layer', [input], mask)[0] as Value;
  if (STEPWISE.has(innerOf(call).className)) return apply(call.input);
  const [batch = 1, steps = 1, ...rest] = call.input.shape;
  const output = apply(call.reshape(call.input, [multiplyDims([batch, steps]), ...rest]));
  const features = output.shape.slice(1);
  const shape = [batch, steps, ...features];
  if (call.builder.canReshape(output, shape)) return call.reshape(output, shape);
  const outer = call.add('Shape', [call.input], { end: int(2) });
  const inner = call.integers(
    'features',
    features.map((_, axis) => knownDim(features, axis)),
  );
  return call.builder.reshapeTo(call.name, output, call.add('Concat', [outer, inner], { axis: int(0) }));
};

/** Layers around layers. */
export const wrapperLayers: LayerConverters = {
  Bidirectional: bidirectional,
  TimeDistributed: timeDistributed,
};
