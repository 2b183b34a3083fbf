import { MienError } from '@mien/contract';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Attributes, Value } from '../graph/graph.ts';
import type { FloatTensor, Tensor } from '../graph/tensor.ts';
import type { LayerWeights } from '../read/read-weights.ts';

/** A layer, or a setting of one, that has no converter. */
export class UnsupportedOpError extends MienError {
  override readonly name = 'UnsupportedOpError';
  constructor(
    readonly op: string,
    readonly node: string,
  ) {
    super(
      `Cannot convert op "${op}" (node "${node}"). The layers that can be converted, and how to add one, ` +
        'are listed in packages/export/README.md.',
    );
  }
}

interface LayerCallParams {
  readonly builder: GraphBuilder;
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: LayerWeights;
  readonly inputs: readonly Value[];
}

/** One layer at work on its inputs: what a converter reads, and how it writes nodes. */
export class LayerCall {
  /** The layer's class, e.g. `Conv2D`. */
  readonly className: string;
  /** The layer's name in the model. */
  readonly name: string;
  /** The layer's settings with all defaults filled in, as `layer.getConfig()` gives them. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Value[];
  readonly builder: GraphBuilder;
  readonly #weights: LayerWeights;

  constructor(params: LayerCallParams) {
    this.builder = params.builder;
    this.className = params.className;
    this.name = params.name;
    this.config = params.config;
    this.inputs = params.inputs;
    this.#weights = params.weights;
  }

  /** The input of a layer that takes one, channels last like all values here. */
  get input(): Value {
    const [input] = this.inputs;
    if (input === undefined || this.inputs.length > 1) {
      throw new UnsupportedOpError(`${this.className} of ${this.inputs.length} inputs`, this.name);
    }
    return input;
  }

  /** Adds a node that is named after the layer. */
  add(op: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    return this.builder.add(op, this.name, inputs, attributes);
  }

  /** Makes a constant that is named after the layer, e.g. `conv2d_1/kernel`. */
  constant(role: string, tensor: Tensor): Value {
    return this.builder.constant(`${this.name}/${role}`, tensor);
  }

  /** Makes a constant number. */
  scalar(role: string, value: number): Value {
    return this.builder.scalar(`${this.name}/${role}`, value);
  }

  /** The layer's weight of that name, where it has one. */
  optionalWeight(name: string): FloatTensor | undefined {
    return this.#weights.get(name);
  }

  /** The layer's weight of that name. */
  weight(name: string): FloatTensor {
    const weight = this.#weights.get(name);
    if (weight === undefined) throw this.unsupported(`without weight "${name}"`);
    return weight;
  }

  /** Makes the error for a setting that has no ONNX form. */
  unsupported(detail: string): UnsupportedOpError {
    return new UnsupportedOpError(`${this.className} ${detail}`, this.name);
  }
}

/** Writes a layer's inference as ONNX nodes and gives the result, channels last. */
export type LayerConverter = (call: LayerCall) => Value;
