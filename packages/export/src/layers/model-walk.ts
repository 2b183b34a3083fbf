import type * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Value } from '../graph/graph.ts';
import { cellsOf, isModel, wrappedLayers } from '../read/inner-layers.ts';
import type { ModelWeights } from '../read/read-weights.ts';
import { LayerCall, UnsupportedOpError, type ApplyWrapped, type LayerConverters } from './layer-call.ts';
import { maskAfter, type Mask } from './mask.ts';
import { layerConverters } from './registry.ts';

/** What layers share, those of nested models included. */
interface Run {
  /**
   * The mask that layers get. tfjs keeps it from layer to layer, in the order in which it runs them, into nested models
   * and out again: a layer whose inputs have no mask gets the last one there was.
   */
  mask: Mask | undefined;
  /** The lists that hold the shapes of the outermost model's inputs. */
  inputShapes?: ReadonlySet<unknown>;
}

interface Applied {
  readonly values: readonly Value[];
  readonly mask: Mask | undefined;
}

const converterOf = (layer: tf.layers.Layer, converters: LayerConverters) => {
  const className = layer.getClassName();
  const converter = Object.hasOwn(converters, className) ? converters[className] : undefined;
  if (converter === undefined) throw new UnsupportedOpError(className, layer.name);
  return converter;
};

/** Walks a model from its inputs to its outputs, in the order in which tfjs runs it, writing each call of a layer once. */
export class ModelWalk {
  readonly #values = new Map<tf.SymbolicTensor, Value>();
  readonly #masks = new Map<tf.SymbolicTensor, Mask>();
  readonly #run: Run;
  /** The last result of each layer's last call, by its name. */
  readonly taps = new Map<string, Value>();

  constructor(
    readonly builder: GraphBuilder,
    readonly weights: ModelWeights,
    /** For layers that are not tfjs's own. */
    readonly ownConverters: LayerConverters = {},
    run: Run = { mask: undefined },
  ) {
    this.#run = run;
  }

  /** Writes all that a model needs for its outputs, given values for its inputs. */
  run(model: tf.LayersModel, inputs: readonly Value[]): readonly Value[] {
    this.#run.inputShapes ??= new Set(model.inputs.map(({ shape }) => shape));
    for (const [index, tensor] of model.inputs.entries()) this.#values.set(tensor, inputs[index] as Value);
    for (const output of model.outputs) this.#reach(output);
    return model.outputs.map((output) => this.#values.get(output) as Value);
  }

  /** Writes what a tensor needs, the last input first, without recursion: models are hundreds of layers deep. */
  #reach(output: tf.SymbolicTensor): void {
    const pending = [output];
    while (pending.length > 0) {
      const tensor = pending.at(-1) as tf.SymbolicTensor;
      const missing = tensor.inputs.filter((input) => !this.#values.has(input));
      if (this.#values.has(tensor)) pending.pop();
      else if (missing.length > 0) pending.push(...missing);
      else this.#convert(tensor);
    }
  }

  /** Writes the call of a layer that gives a tensor, and with it all that the call gives. */
  #convert(tensor: tf.SymbolicTensor): void {
    const layer = tensor.sourceLayer;
    const inputs = tensor.inputs.map((input) => this.#values.get(input) as Value);
    const masks = tensor.inputs.map((input) => this.#masks.get(input));
    if (masks.some((mask) => mask !== undefined)) this.#run.mask = masks[0];
    const isFirst = tensor.inputs.some(({ shape }) => this.#run.inputShapes?.has(shape) === true);
    const { values, mask } = this.#apply(layer, inputs, { masks, isFirst });
    const results = layer.inboundNodes[tensor.nodeIndex]?.outputTensors ?? [tensor];
    for (const [index, result] of results.entries()) {
      this.#values.set(result, values[index] as Value);
      if (mask !== undefined) this.#masks.set(result, mask);
    }
    if (tensor.nodeIndex === layer.inboundNodes.length - 1) this.taps.set(layer.name, values.at(-1) as Value);
  }

  #apply(
    layer: tf.layers.Layer,
    inputs: readonly Value[],
    { masks = [], isFirst = false }: { masks?: readonly (Mask | undefined)[]; isFirst?: boolean } = {},
  ): Applied {
    if (isModel(layer)) {
      const nested = new ModelWalk(this.builder, this.weights, this.ownConverters, this.#run);
      return { values: nested.run(layer, inputs), mask: undefined };
    }
    const converter = converterOf(layer, { ...layerConverters, ...this.ownConverters });
    const call = this.#callOf(layer, inputs, isFirst);
    try {
      const values = [converter(call)].flat() as readonly Value[];
      return { values, mask: maskAfter(call, masks, layer.supportsMasking) };
    } catch (error) {
      // Sizes that a converter needs to know, and that are open.
      throw error instanceof RangeError
        ? call.unsupported(`of these sizes (${error.message.replace(/\.$/u, '')})`)
        : error;
    }
  }

  #callOf(layer: tf.layers.Layer, inputs: readonly Value[], isShapedLikeModelInput: boolean): LayerCall {
    const applyWrapped: ApplyWrapped = (name, values, mask) => {
      const { mask: current } = this.#run;
      this.#run.mask = mask ?? current;
      const inner = this.#apply(wrappedLayers(layer)[name] as tf.layers.Layer, values);
      this.#run.mask = current;
      return inner.values;
    };
    const cells = cellsOf(layer).map((cell) => ({
      className: cell.getClassName(),
      config: cell.getConfig(),
      weights: this.weights.get(cell) ?? new Map(),
    }));
    return new LayerCall({
      builder: this.builder,
      className: layer.getClassName(),
      name: layer.name,
      // tfjs leaves this one setting out for Conv1D.
      config: { dataFormat: (layer as { dataFormat?: unknown }).dataFormat, ...layer.getConfig() },
      weights: this.weights.get(layer) ?? new Map(),
      inputs,
      mask: this.#run.mask,
      isShapedLikeModelInput,
      cells,
      applyWrapped,
    });
  }
}
