import type { GraphBuilder } from '../graph/graph-builder.ts';
import { int, ints, type Value } from '../graph/graph.ts';
import { invertPermutation, type Permutation } from '../graph/permutation.ts';
import { knownDim } from '../graph/shape.ts';
import { windowAttributes, type Window } from '../graph/window-attributes.ts';
import { convolutionKernel } from '../ops/kernels.ts';
import { LayerCall, type Cell, type LayerConverter, type LayerConverters } from './layer-call.ts';
import { lstmStates } from './recurrent-cells.ts';
import { assertStateless, recurrentResults } from './recurrent.ts';
import { zeroState } from './recurrent-steps.ts';
import { scanSteps } from './scan-steps.ts';
import { isChannelsFirst, readWindow } from './window.ts';

const SEQUENCE_TO_FRONT: Permutation = [0, 1, 4, 2, 3];
const STATE_TO_FRONT: Permutation = [0, 3, 1, 2];

/** The size of an axis after a convolution. */
const convolvedSize = (
  { kernel, strides, dilations, padding }: Window,
  axis: number,
  size: number,
): number => {
  const stride = strides[axis] ?? 1;
  const reach = (dilations[axis] ?? 1) * ((kernel[axis] ?? 1) - 1) + 1;
  return padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - reach) / stride) + 1;
};

const convolve = (call: LayerCall, x: Value, name: string, bias: readonly Value[], window: Window): Value =>
  call.add('Conv', [x, convolutionKernel(call, call.constant(name, call.weight(name))), ...bias], {
    dilations: ints(window.dilations),
    group: int(1),
    ...windowAttributes(window, x),
  });

/** One step: an LSTM whose products are convolutions. The state keeps its size, whatever the input's strides are. */
const stepOf =
  (name: string, { className, config, weights }: Cell, window: Window) =>
  (builder: GraphBuilder, input: Value, [hidden, carried]: readonly Value[]): readonly Value[] => {
    const call = new LayerCall({ builder, className, name, config, weights, inputs: [input] });
    const bias = call.optionalWeight('bias');
    const biases = bias === undefined ? [] : [call.constant('bias', bias)];
    const still: Window = { kernel: window.kernel, strides: [1, 1], dilations: [1, 1], padding: 'same' };
    const gates = call.add('Add', [
      convolve(call, input, 'kernel', biases, window),
      convolve(call, hidden as Value, 'recurrent_kernel', [], still),
    ]);
    return lstmStates(call, gates, carried as Value);
  };

/** Channels stand first all the way through. */
const convLstm2d: LayerConverter = (call) => {
  assertStateless(call);
  const [cell] = call.cells as [Cell];
  const isFirst = isChannelsFirst(call);
  if (isFirst && call.isMasked) throw call.unsupported('with a mask and data format "channelsFirst"');
  const moved = (value: Value, permutation: Permutation): Value =>
    isFirst ? value : call.transpose(value, permutation);
  const [input, ...given] = call.inputs as [Value, ...Value[]];
  const sequence = moved(input, SEQUENCE_TO_FRONT);
  const window = readWindow(call, 'kernelSize', 2);
  const sizes = [0, 1].map((axis) => convolvedSize(window, axis, knownDim(sequence.shape, axis + 3)));
  const zeros = (): Value => zeroState(call, input, [call.config['filters'] as number, ...sizes]);
  const initial = given.length > 0 ? given.map((state) => moved(state, STATE_TO_FRONT)) : [zeros(), zeros()];
  const result = scanSteps(call, { sequence, initial, step: stepOf(call.name, cell, window) });
  return recurrentResults(call, {
    sequence: moved(result.sequence, invertPermutation(SEQUENCE_TO_FRONT)),
    states: result.states.map((state) => moved(state, invertPermutation(STATE_TO_FRONT))),
  });
};

/** Layers over sequences of images. */
export const convolutionalRecurrentLayers: LayerConverters = { ConvLSTM2D: convLstm2d };
