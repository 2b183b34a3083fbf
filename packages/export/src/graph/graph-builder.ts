import {
  ints,
  outputsOf,
  removeDeadNodes,
  type Attributes,
  type Graph,
  type GraphNode,
  type NamedValue,
  type Value,
} from './graph.ts';
import { contentsOf } from './contents.ts';
import { inferOutputs } from './infer/infer-outputs.ts';
import { type Permutation } from './permutation.ts';
import { formatShape, sameShape, type Shape } from './shape.ts';
import {
  floatTensor,
  intTensor,
  numericTensor,
  type DataType,
  type FloatTensor,
  type Tensor,
} from './tensor.ts';

/** Builds a graph node by node; every node's shape is inferred, and so checked, as it is added. */
export class GraphBuilder {
  readonly #inputs: NamedValue[] = [];
  readonly #outputs: NamedValue[] = [];
  readonly #nodes: GraphNode[] = [];
  readonly #producers = new Map<Value, GraphNode>();
  readonly #symbols = new Set<string>();

  constructor(readonly name: string) {}

  /** Declares an input, of floats unless told otherwise. */
  input(name: string, shape: Shape, dtype: DataType = 'float32'): Value {
    const value: Value = { dtype, shape };
    this.#noteSymbols(value);
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
   * Adds a node and gives its result. Whole numbers that are known by now, such as the sizes of an image, become
   * constants without a node.
   *
   * @throws {ShapeError} when the inputs do not fit the operator.
   */
  add(op: string, label: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    const [output] = inferOutputs(this.#operation(op, label, inputs, attributes)) as [Value];
    const known = output.contents?.filter((element): element is number => typeof element === 'number');
    const isKnown = output.shape.every((dim) => typeof dim === 'number');
    if (known !== undefined && isKnown && known.length === output.contents?.length) {
      return this.constant(label, numericTensor(output.dtype as 'int64', output.shape, known));
    }
    this.adopt({ op, label, inputs, output, attributes });
    return output;
  }

  /**
   * Adds a node with several results and gives them.
   *
   * @throws {ShapeError} when the inputs do not fit the operator.
   */
  addMany(
    op: string,
    label: string,
    inputs: readonly Value[],
    attributes: Attributes,
    count = Number.MAX_SAFE_INTEGER,
  ): readonly Value[] {
    const outputs = inferOutputs(this.#operation(op, label, inputs, attributes), count);
    const [output, ...otherOutputs] = outputs;
    if (output !== undefined) this.adopt({ op, label, inputs, output, otherOutputs, attributes });
    return outputs;
  }

  /** Adds a node as it is, results included, e.g. one of the graph that is being rewritten. */
  adopt(node: GraphNode): void {
    this.#nodes.push(node);
    for (const output of outputsOf(node)) {
      this.#producers.set(output, node);
      this.#noteSymbols(output);
    }
  }

  #noteSymbols({ shape }: Value): void {
    for (const dim of shape) if (typeof dim === 'string') this.#symbols.add(dim);
  }

  #operation(op: string, label: string, inputs: readonly Value[], attributes: Attributes) {
    const newSymbol = (): string => {
      const base = label.slice(label.lastIndexOf('/') + 1).replaceAll(/[^\w]/gu, '_');
      let count = 0;
      while (this.#symbols.has(`${base}#${count}`)) count++;
      const symbol = `${base}#${count}`;
      this.#symbols.add(symbol);
      return symbol;
    };
    return { op, label, inputs, attributes, newSymbol };
  }

  /** Keeps the symbols of another graph from being given to other sizes here. */
  reserveSymbols(graph: Graph): void {
    for (const { value } of graph.inputs) this.#noteSymbols(value);
    for (const node of graph.nodes) for (const output of outputsOf(node)) this.#noteSymbols(output);
  }

  /** Adds a Transpose. */
  transpose(label: string, input: Value, permutation: Permutation): Value {
    return this.add('Transpose', label, [input], { perm: ints(permutation) });
  }

  /** Adds a Cast, where the type is not the right one already. */
  cast(label: string, input: Value, dtype: DataType): Value {
    if (input.dtype === dtype) return input;
    return this.add('Cast', label, [input], { to: { type: 'string', value: dtype } });
  }

  /** True where {@link reshape} can be told the target: at most one symbolic size moves. */
  canReshape(input: Value, shape: Shape): boolean {
    return shape.filter((dim, axis) => typeof dim === 'string' && input.shape[axis] !== dim).length <= 1;
  }

  /**
   * Adds a Reshape to a constant target. A symbolic dimension may stay where it is, and one may move.
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
    if (output.shape.some((dim, axis) => typeof dim === 'number' && dim !== shape[axis])) {
      throw new RangeError(`Cannot reshape ${formatShape(input.shape)} to ${formatShape(shape)}.`);
    }
    return sameShape(output.shape, shape) ? output : this.withShape(output, shape);
  }

  /**
   * Gives the result of the node that was added last a shape that its converter knows better than the rules do.
   *
   * @returns the value to use from now on; the given one is not in the graph any more.
   */
  withShape(output: Value, shape: Shape): Value {
    const node = this.#nodes.at(-1);
    if (node?.output !== output || sameShape(output.shape, shape)) return output;
    const restated = { ...output, shape };
    this.#nodes.pop();
    this.adopt({ ...node, output: restated });
    return restated;
  }

  /** Adds a Reshape to a target that is computed as the graph runs; its elements are used as far as they are known. */
  reshapeTo(label: string, input: Value, target: Value): Value {
    const contents = contentsOf(target);
    const moves = contents?.filter((dim, axis) => typeof dim === 'string' && dim !== input.shape[axis]) ?? [];
    const isSettled = contents !== undefined && !contents.includes(0);
    if (isSettled && moves.length + contents.filter((dim) => dim === -1).length <= 1) {
      const constant = contents.map((dim, axis) => {
        if (typeof dim === 'number') return dim;
        return dim === input.shape[axis] ? 0 : -1;
      });
      return this.add('Reshape', label, [input, this.constant(`${label}/shape`, intTensor(constant))]);
    }
    return this.add('Reshape', label, [input, this.cast(label, target, 'int64')]);
  }

  /** Finds a value of this graph that has a symbolic size, and where. */
  findSize(symbol: string): { readonly value: Value; readonly axis: number } | undefined {
    const values = [...this.#inputs.map(({ value }) => value), ...this.#nodes.flatMap(outputsOf)];
    for (const value of values) {
      const axis = value.shape.indexOf(symbol);
      if (axis >= 0) return { value, axis };
    }
    return undefined;
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
