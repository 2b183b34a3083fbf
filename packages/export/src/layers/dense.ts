import type { Value } from '../graph/graph.ts';
import { activate } from './activation.ts';
import { denseAtEveryPixel } from './convolution.ts';
import type { LayerCall, LayerConverters } from './layer-call.ts';

const affine = (call: LayerCall, input: Value): Value => {
  const kernel = call.constant('kernel', call.weight('kernel'));
  const weight = call.optionalWeight('bias');
  const bias = weight === undefined ? [] : [call.constant('bias', weight)];
  if (input.shape.length === 2) return call.add('Gemm', [input, kernel, ...bias]);
  const product = call.add('MatMul', [input, kernel]);
  return bias.length === 0 ? product : call.add('Add', [product, ...bias]);
};

/** Fully connected layers, over the last axis whatever the rank. */
export const denseLayers: LayerConverters = {
  Dense: (call) => {
    const { input } = call;
    return activate(call, input.shape.length === 4 ? denseAtEveryPixel(call, input) : affine(call, input));
  },
};
