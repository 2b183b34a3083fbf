import {
  ints,
  removeDeadNodes,
  type Attributes,
  type Graph,
  type GraphNode,
  type NamedValue,
  type Value,
} from './graph.ts';
import { inferShape } from './infer-shape.ts';
import { type Permutation } from './permutation.ts';
import { formatShape, sameShape, type Shape } from './shape.ts';
import { floatTensor, intTensor, type FloatTensor, type Tensor } from './tensor.ts';

/** Builds a graph node by node; every node's shape is inferred, and so checked, as it is added. */
export class GraphBuilder {
  readonly #inputs: NamedValue[] = [];
  readonly #outputs: NamedValue[] = [];
  readonly #nodes: GraphNode[] = [];
  readonly #producers = new Map<Value, GraphNode>();

  constructor(readonly name: string) {}

  /** Declares a float input. */
  input(name: string, shape: Shape): Value {
    const value: Value = { dtype: 'float32', shape };
    this.adoptInput({ name, value });
    return value;
  }

  /** Declares an input that exists already, in the graph that is being rewritten. */
  adoptInput(input: NamedValue): void {
    this.#inputs.push(input);
  }

  /** Declares an output. */
  output(name: string, value: Value): void {
    this.#outputs.push({ name, value });
  }

  /** Makes a constant. */
  constant(label: string, tensor: Tensor): Value {
    return { dtype: tensor.dtype, shape: tensor.shape, constant: { label, tensor } };
  }

  /** Makes a constant number that broadcasts against everything. */
  scalar(label: string, value: number): Value {
    return this.constant(label, floatTensor([], [value]));
  }

  /**
   * Adds a node and gives its result.
   *
   * @throws {ShapeError} when the inputs do not fit the operator.
   */
  add(op: string, label: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    const shape = inferShape({ op, label, inputs, attributes });
    const output: Value = { dtype: inputs[0]?.dtype ?? 'float32', shape };
    this.adopt({ op, label, inputs, output, attributes });
    return output;
  }

  /** Adds a node as it is, result included, e.g. one of the graph that is being rewritten. */
  adopt(node: GraphNode): void {
    this.#nodes.push(node);
    this.#producers.set(node.output, node);
  }

  /** Adds a Transpose. */
  transpose(label: string, input: Value, permutation: Permutation): Value {
    return this.add('Transpose', label, [input], { perm: ints(permutation) });
  }

  /**
   * Adds a Reshape. A symbolic dimension may stay where it is, and one may move.
   *
   * @throws {RangeError} when more than one symbolic dimension would move.
   */
  reshape(label: string, input: Value, shape: Shape): Value {
    const target = shape.map((dim, axis) => {
      if (typeof dim === 'number') return dim;
      return input.shape[axis] === dim ? 0 : -1;
    });
    if (target.filter((dim) => dim === -1).length > 1) {
      throw new RangeError(`Cannot reshape ${formatShape(input.shape)} to ${formatShape(shape)}.`);
    }
    const output = this.add('Reshape', label, [input, this.constant(`${label}/shape`, intTensor(target))]);
    if (!sameShape(output.shape, shape)) {
      throw new RangeError(`Cannot reshape ${formatShape(input.shape)} to ${formatShape(shape)}.`);
    }
    return output;
  }

  /** The node that makes a value; `undefined` for inputs and constants. */
  producer(value: Value): GraphNode | undefined {
    return this.#producers.get(value);
  }

  /** The node that makes a value, where it is one of the given operator. */
  producedBy(value: Value | undefined, op: string): GraphNode | undefined {
    const node = value === undefined ? undefined : this.#producers.get(value);
    return node?.op === op ? node : undefined;
  }

  /** The finished graph, without the nodes that no output needs. */
  build(): Graph {
    return removeDeadNodes({
      name: this.name,
      inputs: this.#inputs,
      outputs: this.#outputs,
      nodes: this.#nodes,
    });
  }
}

/** The floats of a constant value; `undefined` for anything else. */
export const constantFloats = (value: Value | undefined): FloatTensor | undefined => {
  const tensor = value?.constant?.tensor;
  return tensor?.dtype === 'float32' ? tensor : undefined;
};
