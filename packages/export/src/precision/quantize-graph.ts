import { constantFloats, GraphBuilder } from '../graph/graph-builder.ts';
import type { Graph, GraphNode, Value } from '../graph/graph.ts';
import { layerWeights, type LayerWeights } from './layer-weights.ts';
import type { Extremes } from './observe-values.ts';
import { QdqWriter } from './qdq-writer.ts';
import { planQuantization, type QuantizationPlan } from './quantization-plan.ts';
import type { Quantization } from './quantization.ts';
import { quantizeWeights, sumPerChannel } from './quantize-weights.ts';

/** A bias has 32 bits; half of them are left for the products that it is added to. */
const LARGEST_BIAS = 2 ** 30;

/** Rewrites a graph as its plan says. */
class Quantizer {
  readonly #builder: GraphBuilder;
  readonly #writer: QdqWriter;
  /** Values of the old graph as floats of the new. */
  readonly #floats = new Map<Value, Value>();
  /** The same, passed through 8-bit numbers. */
  readonly #passed = new Map<Value, Value>();
  /** Values that exist as 8-bit numbers only, were it not for the pair of nodes that says so. */
  readonly #made = new Set<Value>();

  constructor(
    readonly graph: Graph,
    readonly plan: QuantizationPlan,
  ) {
    this.#builder = new GraphBuilder(graph.name);
    this.#writer = new QdqWriter(this.#builder);
  }

  run(): Graph {
    const { graph, plan } = this;
    for (const input of graph.inputs) this.#builder.adoptInput(input);
    for (const node of graph.nodes) {
      if (plan.scaling?.nodes.has(node) === true) continue;
      const output = plan.absorbed.has(node) ? this.#float(node.inputs[0] as Value) : this.#write(node);
      this.#floats.set(node.output, output);
      const isMade = plan.quantized.has(node) || plan.absorbed.has(node);
      if (isMade && plan.quantizations.has(node.output)) this.#made.add(node.output);
    }
    for (const { name, value } of graph.outputs) this.#builder.output(name, this.#read(value, name));
    return this.#builder.build();
  }

  #write(node: GraphNode): Value {
    if (!this.plan.quantized.has(node)) {
      return this.#adopt(
        node,
        node.inputs.map((input) => this.#read(input, node.label)),
      );
    }
    const weights = layerWeights(node);
    if (weights !== undefined) return this.#adopt(node, this.#layerInputs(node, weights));
    const inputs = node.inputs.map((input) => {
      const tensor = constantFloats(input);
      if (tensor !== undefined) return this.#writer.constant(input.constant?.label ?? node.label, tensor);
      return input.constant === undefined ? this.#pass(input, node.label) : input;
    });
    return this.#adopt(node, inputs);
  }

  #adopt(node: GraphNode, inputs: readonly Value[]): Value {
    this.#builder.adopt({ ...node, inputs });
    return node.output;
  }

  #float(value: Value): Value {
    return this.#floats.get(value) ?? value;
  }

  /** A value for a node that computes in float. Dense layers give floats; other layers would have to leave 8-bit numbers. */
  #read(value: Value, label: string): Value {
    const isDense = this.graph.nodes.some(
      (node) => node.output === value && (node.op === 'Gemm' || node.op === 'MatMul'),
    );
    return this.#made.has(value) && !isDense ? this.#pass(value, label) : this.#float(value);
  }

  /** A value for a node that computes on 8-bit numbers: quantised and read as floats again. */
  #pass(value: Value, label: string): Value {
    const known = this.#passed.get(value);
    if (known !== undefined) return known;
    const { scaling, quantizations } = this.plan;
    const passed =
      scaling?.scaled === value
        ? this.#writer.dequantize(label, this.#quantizePixels(), scaling.quantization)
        : this.#pair(label, this.#float(value), quantizations.get(value) as Quantization);
    this.#passed.set(value, passed);
    return passed;
  }

  #quantizePixels(): Value {
    const [input] = this.graph.inputs as [Graph['inputs'][number]];
    return this.#writer.quantize(
      input.name,
      input.value,
      this.plan.quantizations.get(input.value) as Quantization,
    );
  }

  #pair(label: string, value: Value, quantization: Quantization): Value {
    return this.#writer.dequantize(label, this.#writer.quantize(label, value, quantization), quantization);
  }

  #layerInputs({ label }: GraphNode, weights: LayerWeights): Value[] {
    const { input, kernel, kernelLabel, biasLabel, axis } = weights;
    const { scaling, quantizations } = this.plan;
    const isFirst = scaling?.scaled === input;
    const { scale } = isFirst ? scaling.quantization : (quantizations.get(input) as Quantization);
    const bias = this.#biasOf(weights, isFirst ? scaling.rest : 0);
    const smallestScales = (bias ?? []).map((value) => Math.abs(value) / (scale * LARGEST_BIAS));
    const quantized = quantizeWeights(kernel, axis, smallestScales);
    const inputs = [this.#pass(input, label), this.#writer.kernel(kernelLabel, quantized)];
    if (bias === undefined) return inputs;
    const scales = quantized.scales.map((kernelScale) => Math.fround(scale * kernelScale));
    return [...inputs, this.#writer.bias(biasLabel, bias, scales)];
  }

  /** The bias, with what each weight gets from a rest that is missing in all inputs. */
  #biasOf({ bias, kernel, axis }: LayerWeights, rest: number): number[] | undefined {
    if (rest === 0) return bias === undefined ? undefined : Array.from(bias.data);
    return sumPerChannel(kernel, axis).map((sum, channel) => (bias?.data[channel] ?? 0) + rest * sum);
  }
}

/**
 * Makes a graph of 8-bit numbers: unsigned activations, signed weights with a scale for each output channel, and 32-bit
 * biases, said by QuantizeLinear and DequantizeLinear around float operators (QDQ). Inputs and outputs stay float32.
 *
 * @param ranges between which numbers values lie, by value name; values without one stay in float.
 * @param inFloat nodes that keep computing in float.
 */
export const quantizeGraph = (
  graph: Graph,
  ranges: Extremes,
  inFloat: ReadonlySet<GraphNode> = new Set(),
): Graph => new Quantizer(graph, planQuantization(graph, ranges, inFloat)).run();
