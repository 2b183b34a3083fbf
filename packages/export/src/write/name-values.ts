import { ABSENT, outputsOf, subgraphsOf, type Graph, type GraphNode, type Value } from '../graph/graph.ts';
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

const sameElements = (one: ArrayLike<unknown>, other: ArrayLike<unknown>): boolean => {
  for (let index = 0; index < one.length; index++) {
    if (!Object.is(one[index], other[index])) return false;
  }
  return true;
};

const sameTensor = (one: Tensor, other: Tensor): boolean =>
  one.dtype === other.dtype &&
  one.shape.join() === other.shape.join() &&
  (one.data === other.data || sameElements(one.data, other.data));

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

/** Names inner graphs after the graph around them: a name there would hide the one outside. */
class Naming {
  readonly ofValue = new Map<Value, string>();
  readonly ofNode = new Map<GraphNode, string>();
  readonly #unique = uniqueNames();
  readonly #uniqueNode = uniqueNames();
  readonly table = initializerTable(this.#unique);

  nameGraph(graph: Graph): void {
    for (const { name, value } of [...graph.inputs, ...graph.outputs])
      this.ofValue.set(value, this.#unique(name));
    for (const node of graph.nodes) this.#nameNode(node);
  }

  #nameNode(node: GraphNode): void {
    const name = this.#uniqueNode(`${node.label}/${node.op}`);
    this.ofNode.set(node, name);
    for (const output of outputsOf(node)) {
      if (!this.ofValue.has(output)) this.ofValue.set(output, this.#unique(name));
    }
    for (const input of node.inputs) {
      if (input.constant !== undefined && input !== ABSENT)
        this.ofValue.set(input, this.table.nameOf(input.constant.label, input.constant.tensor));
    }
    for (const inner of subgraphsOf(node)) this.nameGraph(inner);
  }
}

/**
 * Names a graph's nodes, values and constants: inputs and outputs as declared, the rest after layer and operator. Names
 * are unique in all inner graphs together, and the constants of all are kept by the outermost.
 */
export const nameValues = (graph: Graph): GraphNames => {
  const naming = new Naming();
  naming.nameGraph(graph);
  return { ofNode: naming.ofNode, ofValue: naming.ofValue, initializers: naming.table.initializers };
};
