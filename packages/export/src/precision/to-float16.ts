import { constantFloats, GraphBuilder } from '../graph/graph-builder.ts';
import { ABSENT, string, type Graph, type GraphNode, type Value } from '../graph/graph.ts';
import type { DataType, FloatTensor } from '../graph/tensor.ts';
import { capturedValues } from './captured-values.ts';
import { toFloat16Bits } from './float16.ts';

/** Operators all of whose floats may be half floats; any other stays in float32, between two Casts. */
const HALF_FLOAT_OPS: ReadonlySet<string> = new Set(
  (
    'Abs Add AveragePool BatchNormalization Clip Concat Conv ConvTranspose DepthToSpace Div Elu Erf Exp Flatten Gather ' +
    'Gemm GlobalAveragePool GlobalMaxPool HardSigmoid Identity LeakyRelu Log LogSoftmax MatMul Max MaxPool Min Mul Neg ' +
    'PRelu Pad Pow Reciprocal ReduceMax ReduceMean ReduceMin ReduceSum Relu Reshape Selu Sigmoid Slice Softmax ' +
    'Softplus Softsign SpaceToDepth Sqrt Squeeze Sub Sum Tanh ThresholdedRelu Transpose Unsqueeze'
  ).split(' '),
);

type FloatType = Extract<DataType, 'float16' | 'float32'>;

const halfTensor = ({ shape, data }: FloatTensor) => ({
  dtype: 'float16' as const,
  shape,
  data: Uint16Array.from(data, toFloat16Bits),
});

/** Holds each value of the graph in the types in which it was asked for. */
class FloatForms {
  readonly #forms = new Map<Value, Partial<Record<FloatType, Value>>>();

  constructor(readonly builder: GraphBuilder) {}

  /** Says which value of the new graph stands for one of the old. */
  set(old: Value, value: Value): void {
    this.#forms.set(old, { [value.dtype]: value });
  }

  /** The old value in the new graph, as the wanted type: cast at most once, whole numbers left alone. */
  get(old: Value, dtype: FloatType, label: string): Value {
    if (old.dtype !== 'float32' || old === ABSENT) return old;
    const forms = this.#forms.get(old) ?? { float32: old };
    this.#forms.set(old, forms);
    return (forms[dtype] ??= this.#convert(old, forms, dtype, label));
  }

  #convert(old: Value, forms: Partial<Record<FloatType, Value>>, dtype: FloatType, label: string): Value {
    const tensor = constantFloats(old);
    if (tensor !== undefined && old.constant !== undefined) {
      return this.builder.constant(old.constant.label, halfTensor(tensor));
    }
    const input = (dtype === 'float16' ? forms.float32 : forms.float16) as Value;
    const output: Value = { dtype, shape: old.shape };
    this.builder.adopt({ op: 'Cast', label, inputs: [input], output, attributes: { to: string(dtype) } });
    return output;
  }
}

const isHalfFloatNode = ({ op, output, otherOutputs = [] }: GraphNode): boolean =>
  HALF_FLOAT_OPS.has(op) && output.dtype === 'float32' && otherOutputs.length === 0;

/**
 * Makes a graph of half floats: weights are rounded to float16 and nodes compute in it. Inputs and outputs stay
 * float32, so that callers need not know; Casts stand where the types meet.
 *
 * @param inFloat32 nodes that keep computing in float32, see {@link float16Exceptions}.
 */
export const toFloat16 = (graph: Graph, inFloat32: ReadonlySet<GraphNode> = new Set()): Graph => {
  const builder = new GraphBuilder(graph.name);
  const forms = new FloatForms(builder);
  const captured = capturedValues(graph);
  for (const input of graph.inputs) builder.adoptInput(input);
  for (const node of graph.nodes) {
    const isHalf = isHalfFloatNode(node) && !inFloat32.has(node) && !captured.has(node.output);
    const dtype: FloatType = isHalf ? 'float16' : 'float32';
    const inputs = node.inputs.map((input) => forms.get(input, dtype, node.label));
    const output: Value = dtype === 'float16' ? { ...node.output, dtype } : node.output;
    builder.adopt({ ...node, inputs, output });
    forms.set(node.output, output);
  }
  for (const { name, value } of graph.outputs) builder.output(name, forms.get(value, 'float32', name));
  return builder.build();
};
