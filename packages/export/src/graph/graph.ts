import type { Dim, Shape } from './shape.ts';
import type { DataType, Tensor } from './tensor.ts';

/** A node's setting, with its ONNX type: 1 as a float and 1 as an int are different things there. */
export type Attribute =
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'ints'; readonly value: readonly number[] }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'floats'; readonly value: readonly number[] }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'tensor'; readonly value: Tensor }
  | { readonly type: 'graph'; readonly value: Graph };

/** A node's settings by name. */
export type Attributes = Readonly<Record<string, Attribute>>;

/** Makes an integer attribute. */
export const int = (value: number): Attribute => ({ type: 'int', value });

/** Makes a float attribute. */
export const float = (value: number): Attribute => ({ type: 'float', value });

/** Makes an attribute that is a list of integers. */
export const ints = (value: readonly number[]): Attribute => ({ type: 'ints', value });

/** Makes a string attribute. */
export const string = (value: string): Attribute => ({ type: 'string', value });

/** Makes an attribute that is a list of floats. */
export const floats = (value: readonly number[]): Attribute => ({ type: 'floats', value });

/** Makes an attribute that is a list of texts. */
export const strings = (value: readonly string[]): Attribute => ({ type: 'strings', value });

/** Makes an attribute that is a constant. */
export const tensor = (value: Tensor): Attribute => ({ type: 'tensor', value });

/** Makes an attribute that is a graph of its own, e.g. the body of a Loop. It may read values of the graph around it. */
export const subgraph = (value: Graph): Attribute => ({ type: 'graph', value });

/** Reads a list of integers that a node must have. */
export const intsOf = (attributes: Attributes, name: string): readonly number[] => {
  const attribute = attributes[name];
  if (attribute?.type !== 'ints') throw new TypeError(`The node has no list of integers "${name}".`);
  return attribute.value;
};

/** Reads a single number, or the operator's default where the node does not say. */
export const numberOf = (attributes: Attributes, name: string, fallback: number): number => {
  const attribute = attributes[name];
  if (attribute === undefined) return fallback;
  if (attribute.type !== 'int' && attribute.type !== 'float')
    throw new TypeError(`"${name}" is not a number.`);
  return attribute.value;
};

/** Reads a text, or the operator's default where the node does not say. */
export const stringOf = (attributes: Attributes, name: string, fallback: string): string => {
  const attribute = attributes[name];
  return attribute?.type === 'string' ? attribute.value : fallback;
};

/**
 * What flows along an edge. Values are told apart by identity and have no name until the graph is written, so that
 * rewriting never has to invent one.
 */
export interface Value {
  readonly dtype: DataType;
  readonly shape: Shape;
  /** Set for a constant: its elements and where it came from, e.g. `conv2d_1/kernel`. */
  readonly constant?: { readonly label: string; readonly tensor: Tensor };
  /**
   * Set for whole numbers of rank 0 to 2 whose elements are known, as sizes are that a model computes: the elements, row
   * by row, those that depend on the batch as symbols.
   */
  readonly contents?: readonly Dim[];
}

/** Stands for an optional input that a node does not use. */
export const ABSENT: Value = { dtype: 'float32', shape: [] };

/** One operation. */
export interface GraphNode {
  /** The ONNX operator, e.g. `Conv`. */
  readonly op: string;
  /** The layer it came from; the written node is named after it. */
  readonly label: string;
  readonly inputs: readonly Value[];
  /** The result; the first one of an operator with several. */
  readonly output: Value;
  /** The results after the first. */
  readonly otherOutputs?: readonly Value[];
  readonly attributes: Attributes;
}

/** A value that callers know by name. */
export interface NamedValue {
  readonly name: string;
  readonly value: Value;
}

/** A computation, nodes in an order in which they can run. Never changed: passes build another one. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  readonly nodes: readonly GraphNode[];
}

/** All results of a node. */
export const outputsOf = (node: GraphNode): readonly Value[] => [node.output, ...(node.otherOutputs ?? [])];

/** The graphs that a node holds: the branches of an If, the body of a Loop. */
export const subgraphsOf = ({ attributes }: GraphNode): readonly Graph[] =>
  Object.values(attributes).flatMap((attribute) => (attribute.type === 'graph' ? [attribute.value] : []));

/** The same node with other graphs in it; the node itself where none changes. Its results stay the same values. */
export const mapSubgraphs = (node: GraphNode, change: (graph: Graph) => Graph): GraphNode => {
  if (subgraphsOf(node).length === 0) return node;
  let hasChanged = false;
  const attributes = Object.entries(node.attributes).map(([name, attribute]) => {
    if (attribute.type !== 'graph') return [name, attribute] as const;
    const changed = change(attribute.value);
    if (changed !== attribute.value) hasChanged = true;
    return [name, subgraph(changed)] as const;
  });
  return hasChanged ? { ...node, attributes: Object.fromEntries(attributes) } : node;
};

/** The values that a graph reads and does not make itself: those of the graph around it. */
export const capturesOf = (graph: Graph): ReadonlySet<Value> => {
  const own = new Set([...graph.inputs.map(({ value }) => value), ...graph.nodes.flatMap(outputsOf)]);
  const read = [...graph.nodes.flatMap(readsOf), ...graph.outputs.map(({ value }) => value)];
  return new Set(read.filter((value) => !own.has(value) && value.constant === undefined && value !== ABSENT));
};

/** The values that a node needs: its inputs, and what its graphs read from outside. */
export const readsOf = (node: GraphNode): readonly Value[] => {
  const inner = subgraphsOf(node);
  return inner.length === 0
    ? node.inputs
    : [...node.inputs, ...inner.flatMap((graph) => Array.from(capturesOf(graph)))];
};

/** Counts how often each value is read, being a graph output included. */
export const countUses = (graph: Graph): ReadonlyMap<Value, number> => {
  const uses = new Map<Value, number>();
  const read = [...graph.nodes.flatMap(readsOf), ...graph.outputs.map((output) => output.value)];
  for (const value of read) uses.set(value, (uses.get(value) ?? 0) + 1);
  return uses;
};

/** All nodes, those of inner graphs included. */
export const allNodes = (graph: Graph): readonly GraphNode[] =>
  graph.nodes.flatMap((node) => [node, ...subgraphsOf(node).flatMap(allNodes)]);

/** Counts the nodes of each operator, most frequent first. */
export const countOps = (graph: Graph): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { op } of allNodes(graph)) counts.set(op, (counts.get(op) ?? 0) + 1);
  return new Map([...counts].sort(([, one], [, other]) => other - one));
};

/** Drops the nodes whose results nothing reads. */
export const removeDeadNodes = (graph: Graph): Graph => {
  const live = new Set<Value>(graph.outputs.map((output) => output.value));
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!outputsOf(node).some((output) => live.has(output))) continue;
    nodes.push(node);
    for (const read of readsOf(node)) live.add(read);
  }
  return nodes.length === graph.nodes.length ? graph : { ...graph, nodes: nodes.reverse() };
};
