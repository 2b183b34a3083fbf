import { MienError } from '@mien/contract';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Value } from '../graph/graph.ts';
import { NodeWriter } from '../graph/node-writer.ts';
import type { FloatTensor } from '../graph/tensor.ts';
import type { LayerWeights } from '../read/read-weights.ts';

/** A layer that cannot be converted. */
export interface UnsupportedLayer {
  /** The layer's class, with the setting that stands in the way, if it is one. */
  readonly op: string;
  /** The layer's name in the model. */
  readonly node: string;
}

/** Layers, or settings of them, that have no converter. */
export class UnsupportedOpError extends MienError {
  override readonly name = 'UnsupportedOpError';
  constructor(
    readonly op: string,
    readonly node: string,
    /** More of them in the same model. */
    readonly others: readonly UnsupportedLayer[] = [],
  ) {
    const all = [{ op, node }, ...others].map((layer) => `"${layer.op}" (node "${layer.node}")`);
    super(
      `Cannot convert op ${all.join(', ')}. What can be converted, and how to add more, is listed in docs/operators.md.`,
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
  readonly applyWrapped: (name: string, input: Value) => Value;
}

/** One layer at work on its inputs: what a converter reads, and how it writes nodes. */
export class LayerCall extends NodeWriter {
  /** The layer's class, e.g. `Conv2D`. */
  readonly className: string;
  /** The layer's settings with all defaults filled in, as `layer.getConfig()` gives them. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Value[];
  /** Runs a layer inside this one, by what the wrapper calls it. */
  readonly applyWrapped: (name: string, input: Value) => Value;
  readonly #weights: LayerWeights;

  constructor(params: LayerCallParams) {
    super(params.builder, params.name);
    this.className = params.className;
    this.config = params.config;
    this.inputs = params.inputs;
    this.applyWrapped = params.applyWrapped;
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
