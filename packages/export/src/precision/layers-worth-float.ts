import type { Graph } from '../graph/graph.ts';
import { fitRanges, type ActivationRanges } from './activation-ranges.ts';
import { worstMean, type OutputDifference } from './compare-outputs.ts';
import { layerWeights } from './layer-weights.ts';
import { planQuantization } from './quantization-plan.ts';
import { tryRanges, type Judge } from './try-ranges.ts';
import { valueNames } from './value-names.ts';

/** What an 8-bit graph gives when one more node computes in float. */
export interface FloatTrial {
  /** The node's name in the file. */
  readonly node: string;
  readonly op: string;
  readonly differences: readonly OutputDifference[];
}

/** Which nodes are best left in float, and why. */
export interface FloatChoice {
  readonly inFloat: readonly string[];
  /** Each round tries every node beside those chosen before, best first. */
  readonly rounds: readonly (readonly FloatTrial[])[];
}

/** Operators other than layers with weights that may stay in float: where ranges of different size meet. */
const JOINS: ReadonlySet<string> = new Set(['Add', 'Concat', 'Mul']);

/** The names of the nodes that compute on 8-bit numbers and that could do otherwise. */
const candidatesOf = (graph: Graph, ranges: ActivationRanges) => {
  const { ofNode } = valueNames(graph);
  const { extremes, inFloat } = fitRanges(graph, ranges);
  const { quantized, scaling } = planQuantization(graph, extremes, inFloat);
  return graph.nodes
    .filter((node) => quantized.has(node) && scaling?.nodes.has(node) !== true)
    .filter((node) => JOINS.has(node.op) || layerWeights(node) !== undefined)
    .map((node) => ({ node: ofNode.get(node) as string, op: node.op }));
};

const tryEach = async (graph: Graph, ranges: ActivationRanges, judge: Judge): Promise<FloatTrial[]> => {
  const trials: FloatTrial[] = [];
  for (const { node, op } of candidatesOf(graph, ranges)) {
    const withNode = { ...ranges, inFloat: [...ranges.inFloat, node] };
    trials.push({ node, op, differences: await tryRanges(graph, withNode, judge) });
  }
  return trials.sort((one, other) => worstMean(one.differences) - worstMean(other.differences));
};

/** What {@link layersWorthFloat} looks for. */
export interface FloatSearch {
  readonly graph: Graph;
  /** The ranges that the choice is made for. */
  readonly ranges: ActivationRanges;
  readonly judge: Judge;
  /** The mean difference of a probability at which it stops. */
  readonly errorTarget: number;
  /** How many nodes it may choose. */
  readonly floatBudget: number;
}

/**
 * Tries for every layer and join what leaving it in float wins, and chooses greedily until the error target is met,
 * the budget is spent, or nothing helps. The first round is run in any case, as it shows where the error comes from.
 */
export const layersWorthFloat = async (search: FloatSearch): Promise<FloatChoice> => {
  const { graph, ranges, judge, errorTarget, floatBudget } = search;
  const inFloat: string[] = [];
  let error = worstMean(await tryRanges(graph, ranges, judge));
  const rounds: FloatTrial[][] = [];
  do {
    const trials = await tryEach(graph, { ...ranges, inFloat }, judge);
    rounds.push(trials);
    const [best] = trials;
    const bestError = best === undefined ? Infinity : worstMean(best.differences);
    if (best === undefined || error <= errorTarget || floatBudget === 0 || bestError >= error) break;
    inFloat.push(best.node);
    error = bestError;
  } while (error > errorTarget && inFloat.length < floatBudget);
  return { inFloat, rounds };
};
