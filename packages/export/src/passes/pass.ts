import { GraphBuilder } from '../graph/graph-builder.ts';
import { countUses, type Graph, type GraphNode, type Value } from '../graph/graph.ts';

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
 * the node's result, or `undefined` to keep the node.
 */
export type Rule = (node: GraphNode, context: RuleContext) => Value | undefined;

/** Makes a pass that tries a rule on every node, inputs first. */
export const rewritePass = (name: string, rule: Rule): Pass => ({
  name,
  apply: (graph) => {
    const uses = countUses(graph);
    const replaced = new Map<Value, Value>();
    const current = (value: Value): Value => replaced.get(value) ?? value;
    const builder = new GraphBuilder(graph.name);
    // Values that took over the readers of others, or were made in this round, have to wait for the next one.
    const takenOver = new Set<Value>();
    const context: RuleContext = {
      builder,
      isOnlyReader: (input) => uses.get(input) === 1 && !takenOver.has(input),
    };
    for (const input of graph.inputs) builder.adoptInput(input);
    for (const node of graph.nodes) {
      const inputs = node.inputs.map(current);
      const updated = inputs.every((input, index) => input === node.inputs[index])
        ? node
        : { ...node, inputs };
      const replacement = rule(updated, context);
      if (replacement === undefined) {
        builder.adopt(updated);
      } else {
        replaced.set(node.output, replacement);
        takenOver.add(replacement);
      }
    }
    for (const { name: output, value } of graph.outputs) builder.output(output, current(value));
    return replaced.size === 0 ? graph : builder.build();
  },
});
