import { constantFloats } from '../graph/graph-builder.ts';
import { numberOf, type GraphNode, type Value } from '../graph/graph.ts';
import type { FloatTensor } from '../graph/tensor.ts';

/** The constants of a layer that multiplies by a kernel. */
export interface LayerWeights {
  readonly input: Value;
  readonly kernel: FloatTensor;
  readonly kernelLabel: string;
  readonly bias?: FloatTensor;
  readonly biasLabel: string;
  /** The kernel's axis of output channels. */
  readonly axis: number;
}

const axisOf = (node: GraphNode, kernel: FloatTensor): number | undefined => {
  const { op, attributes } = node;
  if (op === 'Conv') return 0;
  if (op === 'MatMul') return kernel.shape.length === 2 ? 1 : undefined;
  if (op !== 'Gemm' || numberOf(attributes, 'transA', 0) !== 0) return undefined;
  const isPlain = numberOf(attributes, 'alpha', 1) === 1 && numberOf(attributes, 'beta', 1) === 1;
  if (!isPlain) return undefined;
  return numberOf(attributes, 'transB', 0) === 1 ? 0 : 1;
};

/** Reads a convolution or a dense layer; `undefined` for any other node, and where its weights are computed. */
export const layerWeights = (node: GraphNode): LayerWeights | undefined => {
  const [input, kernelValue, biasValue] = node.inputs;
  const kernel = constantFloats(kernelValue);
  const axis = kernel === undefined ? undefined : axisOf(node, kernel);
  if (input === undefined || input.constant !== undefined || kernel === undefined || axis === undefined)
    return undefined;
  const bias = constantFloats(biasValue);
  if (biasValue !== undefined && bias?.data.length !== kernel.shape[axis]) return undefined;
  return {
    input,
    kernel,
    kernelLabel: kernelValue?.constant?.label ?? `${node.label}/kernel`,
    ...(bias === undefined ? {} : { bias }),
    biasLabel: biasValue?.constant?.label ?? `${node.label}/bias`,
    axis,
  };
};
