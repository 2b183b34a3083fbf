import { MienError } from '@mien/contract';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Value } from '../graph/graph.ts';
import { NodeWriter } from '../graph/node-writer.ts';
import type { FloatTensor } from '../graph/tensor.ts';
import type { LayerWeights } from '../read/read-weights.ts';
import { BrokenMask, type Mask } from './mask.ts';

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

/** A recurrent layer's cell: what it does at each step. */
export interface Cell {
  /** The cell's class, e.g. `LSTMCell`. */
  readonly className: string;
  /** The cell's settings with all defaults filled in. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: LayerWeights;
}

/** Runs a layer inside another one, by what that one calls it; without a mask, the one of the layer around it. */
export type ApplyWrapped = (name: string, inputs: readonly Value[], mask?: Mask) => readonly Value[];

/** What a {@link LayerCall} is made of. */
export interface LayerCallParams {
  readonly builder: GraphBuilder;
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: LayerWeights;
  readonly inputs: readonly Value[];
  readonly mask?: Mask | undefined;
  readonly isShapedLikeModelInput?: boolean;
  readonly cells?: readonly Cell[];
  readonly applyWrapped?: ApplyWrapped;
}

/** One layer at work on its inputs: what a converter reads, and how it writes nodes. */
export class LayerCall extends NodeWriter {
  /** The layer's class, e.g. `Conv2D`. */
  readonly className: string;
  /** The layer's settings with all defaults filled in, as `layer.getConfig()` gives them. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Value[];
  /** The cells of a recurrent layer, one upon the other. */
  readonly cells: readonly Cell[];
  readonly applyWrapped: ApplyWrapped;
  /** True where tfjs keeps the shape of the layer's input in the very list that holds the shape of a model's input. */
  readonly isShapedLikeModelInput: boolean;
  readonly #weights: LayerWeights;
  readonly #mask: Mask | undefined;

  constructor(params: LayerCallParams) {
    super(params.builder, params.name);
    this.className = params.className;
    this.config = params.config;
    this.inputs = params.inputs;
    this.cells = params.cells ?? [];
    this.#weights = params.weights;
    this.#mask = params.mask;
    this.isShapedLikeModelInput = params.isShapedLikeModelInput ?? false;
    this.applyWrapped =
      params.applyWrapped ??
      (() => {
        throw this.unsupported('with a layer inside');
      });
  }

  /** The input of a layer that takes one, channels last like all values here. */
  get input(): Value {
    const [input] = this.inputs;
    if (input === undefined || this.inputs.length > 1) {
      throw new UnsupportedOpError(`${this.className} of ${this.inputs.length} inputs`, this.name);
    }
    return input;
  }

  /** True where tfjs gives the layer a mask, whether it heeds it or not. */
  get isMasked(): boolean {
    return this.#mask !== undefined;
  }

  /**
   * Which steps count, bools of `[batch, steps]`; `undefined` where all do.
   *
   * @throws {UnsupportedOpError} for a mask that tfjs itself gets wrong.
   */
  get mask(): Value | undefined {
    if (this.#mask instanceof BrokenMask) throw this.unsupported(`with a mask ${this.#mask.reason}`);
    return this.#mask;
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

/** Writes a layer's inference as ONNX nodes and gives the result, or its results where it has several, channels last. */
export type LayerConverter = (call: LayerCall) => Value | readonly Value[];

/** Layer converters by class. */
export type LayerConverters = Readonly<Record<string, LayerConverter>>;
