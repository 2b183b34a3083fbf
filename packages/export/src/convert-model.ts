import { convert, type ConvertParams } from './convert.ts';
import { allNodes, type Graph } from './graph/graph.ts';
import { elementCount } from './graph/shape.ts';
import { optimizeGraph } from './passes/optimize-graph.ts';
import { modelKindOf, parseWeightGroups, type ModelKind } from './read/model-files.ts';

/** A converted model, and how it got that way. */
export interface ConvertedModel {
  readonly graph: Graph;
  readonly kind: ModelKind;
  /** Nodes before anything was optimised, those of inner graphs included. */
  readonly nodesBefore: number;
  readonly nodes: number;
  /** Elements of all weights in the model's files. */
  readonly parameters: number;
}

/** Counts the elements of a model's weights. */
export const countParameters = (modelJson: unknown): number =>
  parseWeightGroups(modelJson as Record<string, unknown>)
    .flatMap(({ weights }) => weights)
    .reduce((sum, { shape }) => sum + elementCount(shape), 0);

/**
 * Converts and optimises a model in one go.
 *
 * @throws what {@link convert} throws.
 */
export const convertModel = async (params: ConvertParams): Promise<ConvertedModel> => {
  const kind = modelKindOf(params.modelJson);
  const converted = await convert(params);
  const graph = optimizeGraph(converted);
  return {
    graph,
    kind,
    nodesBefore: allNodes(converted).length,
    nodes: allNodes(graph).length,
    parameters: countParameters(params.modelJson),
  };
};
