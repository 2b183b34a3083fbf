import { MienError } from '@mien/contract';
import { knownIntegers } from '../graph/contents.ts';
import { ints, type Graph } from '../graph/graph.ts';
import { rewritePass } from '../passes/pass.ts';

/** The file format's version that came with each operator set. */
export const IR_VERSIONS: Readonly<Record<number, number>> = {
  16: 8,
  17: 8,
  18: 8,
  19: 9,
  20: 9,
  21: 10,
  22: 10,
};

/** An operator set that graphs cannot be written in. */
export class OpsetError extends MienError {
  override readonly name = 'OpsetError';
  constructor(readonly opset: number) {
    const known = Object.keys(IR_VERSIONS);
    super(`Opset ${opset} cannot be written; give one from ${known[0]} to ${known.at(-1)}.`);
  }
}

/** Up to opset 17 these take their axes as a setting. */
const REDUCTIONS = new Set(['ReduceL2', 'ReduceMax', 'ReduceMean', 'ReduceMin', 'ReduceProd']);

const axesToSetting = rewritePass('axes-to-setting', (node, { builder }) => {
  const [input, axesValue] = node.inputs;
  const axes = REDUCTIONS.has(node.op) ? knownIntegers(axesValue) : undefined;
  if (input === undefined || axes === undefined) return undefined;
  const output = { dtype: node.output.dtype, shape: node.output.shape };
  builder.adopt({ ...node, inputs: [input], output, attributes: { ...node.attributes, axes: ints(axes) } });
  return output;
});

/**
 * Puts a graph of opset 18 into the form of another operator set. Later sets read it as it is.
 *
 * @throws {OpsetError} for a set that is too old or too new.
 */
export const lowerOpset = (graph: Graph, opset: number): Graph => {
  if (!Object.hasOwn(IR_VERSIONS, opset)) throw new OpsetError(opset);
  return opset < 18 ? axesToSetting.apply(graph) : graph;
};
