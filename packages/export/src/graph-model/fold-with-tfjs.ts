import * as tf from '@tensorflow/tfjs';
import type { Value } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { NodeDef } from './graph-def.ts';
import { tensorFromTfjs, tensorToTfjs } from './tfjs-tensor.ts';

/** Results above this many elements, and above their inputs, are computed by the graph: the file would only grow. */
const MOST_ELEMENTS = 65_536;

/** Operators that give something else each time, that tfjs runs asynchronously, or that are no computation. */
const NEVER = new Set(
  (
    'ListDiff LowerBound Multinomial NonMaxSuppressionV2 NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 ' +
    'Print RandomStandardNormal RandomUniform RandomUniformInt Shape TruncatedNormal Unique UniqueV2 UpperBound Where'
  ).split(' '),
);

/** Those that a model can hold; the narrower ones come with `precision/`, after all folding. */
const TYPE_ENUM = {
  float32: 'DT_FLOAT',
  int32: 'DT_INT32',
  int64: 'DT_INT32',
  bool: 'DT_BOOL',
  string: 'DT_STRING',
};

/** The node alone, with placeholders for what it reads. */
const modelOf = (node: NodeDef, constants: readonly Tensor[]): tf.GraphModel<tf.io.IOHandlerSync> => {
  const placeholders = constants.map(({ dtype }, index) => ({
    name: `input_${index}`,
    op: 'Placeholder',
    attr: {
      dtype: { type: TYPE_ENUM[dtype as keyof typeof TYPE_ENUM] },
      shape: { shape: { unknownRank: true } },
    },
  }));
  const self = { ...node.raw, name: 'node', input: placeholders.map(({ name }) => name) };
  return tf.loadGraphModelSync({
    modelTopology: { node: [...placeholders, self], versions: { producer: 1 } },
    weightSpecs: [],
    weightData: new ArrayBuffer(0),
  });
};

const run = async (node: NodeDef, constants: readonly Tensor[]): Promise<Tensor> => {
  const model = modelOf(node, constants);
  const inputs = constants.map((constant, index) => [`input_${index}`, tensorToTfjs(constant)] as const);
  const result = model.execute(Object.fromEntries(inputs), 'node') as tf.Tensor;
  try {
    return await tensorFromTfjs(result);
  } finally {
    tf.dispose([result, ...inputs.map(([, tensor]) => tensor)]);
  }
};

/**
 * Computes a node of one result before the graph is written, where all that it reads is constant: tfjs itself does it,
 * so that the result is what the model would compute.
 *
 * @returns `undefined` where that is not possible, or where the result would be large.
 */
export const foldWithTfjs = async (node: NodeDef, inputs: readonly Value[]): Promise<Tensor | undefined> => {
  const constants = inputs.map((input) => input.constant?.tensor);
  if (constants.length === 0 || NEVER.has(node.op) || !constants.every((one) => one !== undefined))
    return undefined;
  try {
    const result = await run(node, constants);
    const largest = Math.max(MOST_ELEMENTS, ...constants.map(({ data }) => data.length));
    return result.data.length <= largest ? result : undefined;
  } catch {
    // A node that cannot be computed may stand in a branch that never runs; the converter says what is wrong with it.
    return undefined;
  }
};
