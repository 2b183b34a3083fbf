import type { Shape } from './shape.ts';
import type { DataType, Tensor } from './tensor.ts';

/** A node's setting, with its ONNX type: 1 as a float and 1 as an int are different things there. */
export type Attribute =
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'ints'; readonly value: readonly number[] }
  | { readonly type: 'string'; readonly value: string };

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

/**
 * What flows along an edge. Values are told apart by identity and have no name until the graph is written, so that
 * rewriting never has to invent one.
 */
export interface Value {
  readonly dtype: DataType;
  readonly shape: Shape;
  /** Set for a constant: its elements and where it came from, e.g. `conv2d_1/kernel`. */
  readonly constant?: { readonly label: string; readonly tensor: Tensor };
}

/** One operation. */
export interface GraphNode {
  /** The ONNX operator, e.g. `Conv`. */
  readonly op: string;
  /** The layer it came from; the written node is named after it. */
  readonly label: string;
  readonly inputs: readonly Value[];
  readonly output: Value;
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

/** Counts how often each value is read, being a graph output included. */
export const countUses = (graph: Graph): ReadonlyMap<Value, number> => {
  const uses = new Map<Value, number>();
  const read = [
    ...graph.nodes.flatMap((node) => node.inputs),
    ...graph.outputs.map((output) => output.value),
  ];
  for (const value of read) uses.set(value, (uses.get(value) ?? 0) + 1);
  return uses;
};

/** Counts the nodes of each operator, most frequent first. */
export const countOps = (graph: Graph): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { op } of graph.nodes) counts.set(op, (counts.get(op) ?? 0) + 1);
  return new Map([...counts].sort(([, one], [, other]) => other - one));
};

/** Drops the nodes whose result nothing reads. */
export const removeDeadNodes = (graph: Graph): Graph => {
  const live = new Set<Value>(graph.outputs.map((output) => output.value));
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!live.has(node.output)) continue;
    nodes.unshift(node);
    for (const input of node.inputs) live.add(input);
  }
  return nodes.length === graph.nodes.length ? graph : { ...graph, nodes };
};
