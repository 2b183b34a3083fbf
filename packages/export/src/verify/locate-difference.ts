import { convert, type ConvertParams } from '../convert.ts';
import { parseGraphModel } from '../graph-model/parse-graph-model.ts';
import { TAP } from '../graph/image-layout.ts';
import { modelKindOf } from '../read/model-files.ts';
import { withGraphFile } from '../files/with-graph-file.ts';
import { relativeDifference, type Arrays, type NumberArray } from './number-array.ts';
import { runGraph } from './run-graph.ts';
import type { RunnableModel } from './run-model.ts';

/** Where a graph and its model part. */
export interface Parting {
  /** The first node or layer whose result differs; `undefined` where all agree, so that a pass has to be at fault. */
  readonly node: string | undefined;
  readonly difference: number;
}

const compareTaps = (
  names: readonly string[],
  expected: readonly NumberArray[],
  actual: Arrays,
  tolerance: number,
): Parting => {
  for (const [index, name] of names.entries()) {
    const difference = relativeDifference(
      expected[index] as NumberArray,
      actual[`${TAP}${name}`] as NumberArray,
    );
    if (!(difference <= tolerance)) return { node: name, difference };
  }
  return { node: undefined, difference: 0 };
};

/**
 * Finds the first place where a graph computes something else than its model: both are run with all that they compute
 * inside as outputs, the graph before any pass.
 *
 * @param inputs in the model's order.
 */
export const locateDifference = async (
  files: ConvertParams,
  model: RunnableModel,
  inputs: readonly NumberArray[],
  tolerance: number,
): Promise<Parting> => {
  const graph = await convert({ ...files, imageLayout: 'channels-last', hasTaps: true });
  const names = graph.outputs
    .map(({ name }) => name)
    .filter((name) => name.startsWith(TAP))
    .map((name) => name.slice(TAP.length));
  const feeds = Object.fromEntries(
    graph.inputs.map(({ name }, index) => [name, inputs[index] as NumberArray]),
  );
  const actual = await withGraphFile(graph, (file) => runGraph(file, feeds));
  return compareTaps(names, await model.runInside(inputs, names), actual, tolerance);
};

/** Operations whose results jump: between two nearly equal numbers they take this one or that. */
const DECISIONS = new Set(
  (
    'ArgMax ArgMin Ceil Equal Floor FloorDiv FloorMod Greater GreaterEqual Less LessEqual NonMaxSuppressionV2 ' +
    'NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 NotEqual Round Sign TopKV2 Unique UniqueV2 Where'
  ).split(' '),
);

/** True where a node of a GraphModel decides something by comparing numbers. */
export const isDecision = (modelJson: unknown, node: string): boolean => {
  if (modelKindOf(modelJson) !== 'graph-model') return false;
  return DECISIONS.has(parseGraphModel(modelJson).nodes.get(node)?.op ?? '');
};
