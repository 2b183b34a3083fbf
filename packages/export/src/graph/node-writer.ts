import type { GraphBuilder } from './graph-builder.ts';
import type { Attributes, Value } from './graph.ts';
import type { Permutation } from './permutation.ts';
import type { Shape } from './shape.ts';
import { intTensor, numericTensor, type DataType, type Tensor } from './tensor.ts';

/** Writes nodes and constants that are named after one layer or operation of the model. */
export class NodeWriter {
  constructor(
    readonly builder: GraphBuilder,
    /** The layer's or operation's name in the model. */
    readonly name: string,
  ) {}

  /** Adds a node and gives its result. */
  add(op: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    return this.builder.add(op, this.name, inputs, attributes);
  }

  /** Adds a node with several results. */
  addMany(
    op: string,
    inputs: readonly Value[],
    attributes: Attributes = {},
    count?: number,
  ): readonly Value[] {
    return this.builder.addMany(op, this.name, inputs, attributes, count);
  }

  /** Makes a constant that is named after the layer, e.g. `conv2d_1/kernel`. */
  constant(role: string, tensor: Tensor): Value {
    return this.builder.constant(`${this.name}/${role}`, tensor);
  }

  /** Makes a constant number, of the type of the value that it is combined with. */
  scalar(role: string, value: number, dtype: DataType = 'float32'): Value {
    return this.constant(role, numericTensor(dtype as 'float32', [], [value]));
  }

  /** Makes a constant list of int64: sizes, axes, places. */
  integers(role: string, values: readonly number[]): Value {
    return this.constant(role, intTensor(values));
  }

  /** Adds a Cast, where the type is not the right one already. */
  cast(value: Value, dtype: DataType): Value {
    return this.builder.cast(this.name, value, dtype);
  }

  /** Adds a Reshape to a shape of known sizes and symbols. */
  reshape(value: Value, shape: Shape): Value {
    return this.builder.reshape(this.name, value, shape);
  }

  /** Adds a node whose result is known to have a shape that its operator's rule does not see. */
  addShaped(op: string, inputs: readonly Value[], attributes: Attributes, shape: Shape): Value {
    return this.builder.withShape(this.add(op, inputs, attributes), shape);
  }

  /** Adds a Transpose. */
  transpose(value: Value, permutation: Permutation): Value {
    return this.builder.transpose(this.name, value, permutation);
  }
}
