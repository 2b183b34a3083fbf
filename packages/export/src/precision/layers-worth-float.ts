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

/** After the first round, this many of the best before are tried again: what helped little alone seldom does later. */
const MOST_RETRIED = 8;

type Candidate = ReturnType<typeof candidatesOf>[number];

const tryEach = async (
  { graph, judge }: Pick<FloatSearch, 'graph' | 'judge'>,
  ranges: ActivationRanges,
  candidates: readonly Candidate[],
): Promise<FloatTrial[]> => {
  const trials: FloatTrial[] = [];
  for (const { node, op } of candidates) {
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
  /** Is told how far the work has come. */
  readonly report?: ((line: string) => void) | undefined;
}

/**
 * Tries for every layer and join what leaving it in float wins, then for the best of them what that wins beside those
 * already chosen, and chooses greedily until the error target is met,
 * the budget is spent, or nothing helps. The first round is run in any case, as it shows where the error comes from.
 */
export const layersWorthFloat = async (search: FloatSearch): Promise<FloatChoice> => {
  const { graph, ranges, judge, errorTarget, floatBudget, report } = search;
  const inFloat: string[] = [];
  let error = worstMean(await tryRanges(graph, ranges, judge));
  let candidates: readonly Candidate[] = candidatesOf(graph, ranges);
  report?.(`Trying each of ${candidates.length} layers and joins in float`);
  const rounds: FloatTrial[][] = [];
  do {
    const trials = await tryEach(search, { ...ranges, inFloat }, candidates);
    rounds.push(trials);
    const [best, ...others] = trials;
    candidates = others.slice(0, MOST_RETRIED);
    const bestError = best === undefined ? Infinity : worstMean(best.differences);
    if (best === undefined || error <= errorTarget || floatBudget === 0 || bestError >= error) break;
    inFloat.push(best.node);
    error = bestError;
  } while (error > errorTarget && inFloat.length < floatBudget);
  return { inFloat, rounds };
};
