import { constantFloats } from '../graph/graph-builder.ts';
import { countUses, type Graph, type GraphNode, type Value } from '../graph/graph.ts';
import { capturedValues } from './captured-values.ts';
import { inputScaling, type InputScaling } from './input-scaling.ts';
import { layerWeights } from './layer-weights.ts';
import type { Extreme, Extremes } from './observe-values.ts';
import { quantizationOf, rangeOf, type Quantization } from './quantization.ts';
import { valueNames } from './value-names.ts';

/** Operators that onnxruntime runs on 8-bit numbers, giving others of another scale. */
const RESCALING: ReadonlySet<string> = new Set(
  'Add AveragePool Concat GlobalAveragePool LeakyRelu Mul Sigmoid'.split(' '),
);

/** Operators that only move or choose numbers: the result has its input's scale. */
const MOVING: ReadonlySet<string> = new Set('Flatten MaxPool Reshape Squeeze Transpose Unsqueeze'.split(' '));

/** Operators that cut off what is too small or too large, as 8-bit numbers do by themselves. */
const CUTTING: ReadonlySet<string> = new Set(['Clip', 'Relu']);

/** What becomes of a graph's nodes and values. */
export interface QuantizationPlan {
  /** Nodes that compute on 8-bit numbers. */
  readonly quantized: ReadonlySet<GraphNode>;
  /** Nodes that go, as the 8-bit numbers of their result cannot be outside what they would cut off. */
  readonly absorbed: ReadonlySet<GraphNode>;
  /** How values stand as 8-bit numbers, where they do. */
  readonly quantizations: ReadonlyMap<Value, Quantization>;
  readonly scaling: InputScaling | undefined;
}

const boundsOf = ({ op, inputs }: GraphNode): Extreme => {
  if (op === 'Relu') return { min: 0, max: Infinity };
  const [min, max] = inputs.slice(1).map((input) => constantFloats(input)?.data[0]);
  return { min: min ?? -Infinity, max: max ?? Infinity };
};

/** Walks through a graph once, deciding for each node from what was decided for those before it. */
class Planner {
  readonly quantized = new Set<GraphNode>();
  readonly absorbed = new Set<GraphNode>();
  readonly quantizations = new Map<Value, Quantization>();
  readonly #ofValue: ReadonlyMap<Value, string>;
  readonly #uses: ReadonlyMap<Value, number>;
  readonly #captured: ReadonlySet<Value>;
  readonly #producers = new Map<Value, GraphNode>();

  constructor(
    graph: Graph,
    readonly ranges: Extremes,
    readonly inFloat: ReadonlySet<GraphNode>,
  ) {
    this.#ofValue = valueNames(graph).ofValue;
    this.#uses = countUses(graph);
    this.#captured = capturedValues(graph);
    for (const node of graph.nodes) this.#producers.set(node.output, node);
    for (const { value } of graph.inputs) if (value.dtype === 'float32') this.#quantize(value);
  }

  visit(node: GraphNode): void {
    if (node.output.dtype !== 'float32' || (node.otherOutputs ?? []).length > 0) return;
    if (CUTTING.has(node.op)) this.#visitCutting(node);
    else if (this.#computesOnBytes(node)) this.#accept(node);
  }

  #computesOnBytes(node: GraphNode): boolean {
    if (this.inFloat.has(node)) return false;
    if (layerWeights(node) !== undefined) return this.#quantize(node.inputs[0] as Value);
    const isOnBytes = node.inputs.every(
      (input) => input.constant !== undefined || this.quantizations.has(input),
    );
    if (MOVING.has(node.op)) return isOnBytes;
    return RESCALING.has(node.op) && isOnBytes && this.#quantize(node.output);
  }

  #accept(node: GraphNode): void {
    const [input] = node.inputs as [Value];
    this.quantized.add(node);
    if (MOVING.has(node.op))
      this.quantizations.set(node.output, this.quantizations.get(input) as Quantization);
    else this.#quantize(node.output);
  }

  /** Takes a cutting node into the quantisation of its result, where all that it cuts off cannot be written anyway. */
  #visitCutting(node: GraphNode): void {
    const [input] = node.inputs as [Value];
    const producer = this.#producers.get(input);
    if (producer === undefined || !this.quantized.has(producer) || MOVING.has(producer.op)) return;
    if (this.#captured.has(node.output)) return;
    if (this.#uses.get(input) !== 1 || !this.#quantize(node.output)) return;
    const range = rangeOf(this.quantizations.get(node.output) as Quantization);
    const bounds = boundsOf(node);
    if (range.min < bounds.min || range.max > bounds.max * (1 + 1e-6)) return;
    this.absorbed.add(node);
    this.quantizations.delete(input);
  }

  /** @returns false where the value's range is unknown. */
  #quantize(value: Value): boolean {
    if (this.quantizations.has(value)) return true;
    const range = this.ranges.get(this.#ofValue.get(value) ?? '');
    if (range === undefined) return false;
    this.quantizations.set(value, quantizationOf(range));
    return true;
  }
}

/** The scaling of the pixels, where layers that can take what it leaves over are all that read the result. */
const usableScaling = (
  graph: Graph,
  { quantized, quantizations }: Pick<QuantizationPlan, 'quantized' | 'quantizations'>,
): InputScaling | undefined => {
  const [input] = graph.inputs;
  const bytes = input === undefined ? undefined : quantizations.get(input.value);
  const scaling =
    input === undefined || bytes === undefined ? undefined : inputScaling(graph, input.value, bytes);
  if (scaling === undefined) return undefined;
  const readers = graph.nodes.filter((node) => node.inputs.includes(scaling.scaled));
  const fits = readers.every((node) => quantized.has(node) && layerWeights(node) !== undefined);
  const isReadElsewhere = countUses(graph).get(scaling.scaled) !== readers.length;
  return fits && !isReadElsewhere ? scaling : undefined;
};

/**
 * Decides which nodes compute on 8-bit numbers: layers with weights, and what stands between them.
 *
 * @param ranges of values by name; a value without one stays in float.
 * @param inFloat layers and joins that keep computing in float; what comes after them follows, up to the next layer.
 */
export const planQuantization = (
  graph: Graph,
  ranges: Extremes,
  inFloat: ReadonlySet<GraphNode>,
): QuantizationPlan => {
  const planner = new Planner(graph, ranges, inFloat);
  for (const node of graph.nodes) planner.visit(node);
  const { quantized, absorbed, quantizations } = planner;
  return { quantized, absorbed, quantizations, scaling: usableScaling(graph, planner) };
};
