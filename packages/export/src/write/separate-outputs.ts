import { GraphBuilder } from '../graph/graph-builder.ts';
import { mapSubgraphs, type Graph, type Value } from '../graph/graph.ts';

/**
 * Gives every output a value of its own: a file knows values by one name, so an output that is also an input, a
 * constant or another output needs an Identity. Inner graphs are treated alike.
 */
export const separateOutputs = (graph: Graph): Graph => {
  const builder = new GraphBuilder(graph.name);
  for (const input of graph.inputs) builder.adoptInput(input);
  for (const node of graph.nodes) builder.adopt(mapSubgraphs(node, separateOutputs));
  const taken = new Set<Value>();
  for (const { name, value } of graph.outputs) {
    const isFree = builder.producer(value) !== undefined && !taken.has(value);
    taken.add(value);
    const output = isFree ? value : { dtype: value.dtype, shape: value.shape };
    // Adopted as it is: what is known of a constant would be written as a constant again.
    if (!isFree) builder.adopt({ op: 'Identity', label: name, inputs: [value], output, attributes: {} });
    builder.output(name, output);
  }
  return builder.build();
};
