import { GraphBuilder } from '../graph/graph-builder.ts';
import {
  countUses,
  mapSubgraphs,
  outputsOf,
  type Graph,
  type GraphNode,
  type Value,
} from '../graph/graph.ts';

/** One kind of improvement. Gives the same object back where there is nothing to improve. */
export interface Pass {
  readonly name: string;
  readonly apply: (graph: Graph) => Graph;
}

/** What a rule may look at and write to. */
export interface RuleContext {
  /** Holds all that comes before the node, in its new form; a rule adds nodes here. */
  readonly builder: GraphBuilder;
  /** True where the node being looked at is the only reader of that input. */
  readonly isOnlyReader: (input: Value) => boolean;
}

/**
 * A local rewrite: looks at a node, whose inputs are already in their new form, and gives the value to use in place of
 * the node's result (a list of values where it has several), or `undefined` to keep the node.
 */
export type Rule = (node: GraphNode, context: RuleContext) => Value | readonly Value[] | undefined;

type Current = (value: Value) => Value;

/** Puts the new forms of values into a node; the node itself where nothing changes. */
const updateInputs = (node: GraphNode, current: Current): GraphNode => {
  const inputs = node.inputs.map(current);
  return inputs.every((input, index) => input === node.inputs[index]) ? node : { ...node, inputs };
};

/** Rewrites one graph and the graphs inside it. `outer` gives the new form of values from around it. */
const rewriteGraph = (graph: Graph, rule: Rule, outer: Current): Graph => {
  const uses = countUses(graph);
  const replaced = new Map<Value, Value>();
  const current: Current = (value) => replaced.get(value) ?? outer(value);
  const builder = new GraphBuilder(graph.name);
  builder.reserveSymbols(graph);
  // Values that took over the readers of others, or were made in this round, have to wait for the next one.
  const takenOver = new Set<Value>();
  const context: RuleContext = {
    builder,
    isOnlyReader: (input) => uses.get(input) === 1 && !takenOver.has(input),
  };
  let hasChanged = false;
  for (const input of graph.inputs) builder.adoptInput(input);
  for (const node of graph.nodes) {
    const updated = mapSubgraphs(updateInputs(node, current), (inner) => rewriteGraph(inner, rule, current));
    const replacement = rule(updated, context);
    if (replacement === undefined) {
      builder.adopt(updated);
      if (updated !== node) hasChanged = true;
    } else {
      const replacements = Array.isArray(replacement)
        ? (replacement as readonly Value[])
        : [replacement as Value];
      for (const [index, output] of outputsOf(node).entries()) {
        const value = replacements[index] as Value;
        replaced.set(output, value);
        takenOver.add(value);
      }
      hasChanged = true;
    }
  }
  for (const { name, value } of graph.outputs) {
    builder.output(name, current(value));
    if (current(value) !== value) hasChanged = true;
  }
  return hasChanged ? builder.build() : graph;
};

/** Makes a pass that tries a rule on every node, inputs first, those of inner graphs included. */
export const rewritePass = (name: string, rule: Rule): Pass => ({
  name,
  apply: (graph) => rewriteGraph(graph, rule, (value) => value),
});
