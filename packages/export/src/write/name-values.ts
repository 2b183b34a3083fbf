import type { Graph, GraphNode, Value } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';

/** A constant as it is written: once, however many values hold the same elements. */
export interface Initializer {
  readonly name: string;
  readonly tensor: Tensor;
}

/** The names of everything in a file. They depend on the graph alone, so that the same graph gives the same bytes. */
export interface GraphNames {
  readonly ofNode: ReadonlyMap<GraphNode, string>;
  readonly ofValue: ReadonlyMap<Value, string>;
  readonly initializers: readonly Initializer[];
}

/** Hands out each name once: the second `conv/Relu` becomes `conv/Relu_2`. */
const uniqueNames = (): ((wanted: string) => string) => {
  const taken = new Set<string>();
  return (wanted) => {
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  };
};

const sameTensor = (one: Tensor, other: Tensor): boolean =>
  one.dtype === other.dtype &&
  one.shape.join() === other.shape.join() &&
  (one.data === other.data || one.data.every((element, index) => Object.is(element, other.data[index])));

/** Constants that are worth comparing: same type, same shape, same first elements. */
const tensorKey = ({ dtype, shape, data }: Tensor): string =>
  `${dtype} ${shape.join()} ${data.slice(0, 8).join()}`;

/** Finds the initializer with the same elements, or makes one. */
const initializerTable = (unique: (wanted: string) => string) => {
  const initializers: Initializer[] = [];
  const byKey = new Map<string, Initializer[]>();
  const nameOf = (label: string, tensor: Tensor): string => {
    const key = tensorKey(tensor);
    const candidates = byKey.get(key) ?? [];
    const known = candidates.find((candidate) => sameTensor(candidate.tensor, tensor));
    if (known !== undefined) return known.name;
    const initializer = { name: unique(label), tensor };
    byKey.set(key, [...candidates, initializer]);
    initializers.push(initializer);
    return initializer.name;
  };
  return { initializers, nameOf };
};

/** Names a graph's nodes, values and constants: inputs and outputs as declared, the rest after layer and operator. */
export const nameValues = (graph: Graph): GraphNames => {
  const unique = uniqueNames();
  const ofValue = new Map<Value, string>();
  const ofNode = new Map<GraphNode, string>();
  for (const { name, value } of [...graph.inputs, ...graph.outputs]) ofValue.set(value, unique(name));
  const table = initializerTable(unique);
  const uniqueNode = uniqueNames();
  for (const node of graph.nodes) {
    const name = uniqueNode(`${node.label}/${node.op}`);
    ofNode.set(node, name);
    if (!ofValue.has(node.output)) ofValue.set(node.output, unique(name));
    for (const input of node.inputs) {
      if (input.constant !== undefined)
        ofValue.set(input, table.nameOf(input.constant.label, input.constant.tensor));
    }
  }
  return { ofNode, ofValue, initializers: table.initializers };
};
