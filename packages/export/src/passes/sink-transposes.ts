import { constantFloats, type GraphBuilder } from '../graph/graph-builder.ts';
import { int, intsOf, numberOf, type GraphNode, type Value } from '../graph/graph.ts';
import { invertPermutation, keepsElementOrder, permute, type Permutation } from '../graph/permutation.ts';
import { intTensor, reshapeTensor, transposeTensor } from '../graph/tensor.ts';
import { rewritePass, type Rule } from './pass.ts';
import { sinkRules } from './sink-rules.ts';

const ELEMENTWISE: ReadonlySet<string> = new Set(
  (
    'Abs Acos Acosh Add And Asin Asinh Atan Atanh Cast Ceil Clip Cos Cosh Div Elu Equal Erf Exp Floor Greater ' +
    'GreaterOrEqual HardSigmoid IsInf IsNaN LeakyRelu Less LessOrEqual Log Max Min Mod Mul Neg Not Or PRelu Pow ' +
    'Reciprocal Relu Round Selu Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Sub Tan Tanh ThresholdedRelu Where Xor'
  ).split(' '),
);

const PER_AXIS: ReadonlySet<string> = new Set(['Concat', 'LogSoftmax', 'Softmax']);

/** A constant as it was before the Transpose that it is combined with. */
const untransposeConstant = (
  builder: GraphBuilder,
  value: Value,
  inverse: Permutation,
): Value | undefined => {
  const tensor = value.constant?.tensor;
  if (tensor === undefined || tensor.shape.length > inverse.length) return undefined;
  if (tensor.data.length === 1)
    return tensor.shape.length === 0
      ? value
      : builder.constant(value.constant?.label ?? 'constant', reshapeTensor(tensor, []));
  const ones = Array.from({ length: inverse.length - tensor.shape.length }, () => 1);
  const aligned = reshapeTensor(tensor, [...ones, ...tensor.shape]);
  return builder.constant(value.constant?.label ?? 'constant', transposeTensor(aligned, inverse));
};

/** The value whose Transpose is the given one, where having it costs nothing. */
const untranspose = (
  { label }: GraphNode,
  builder: GraphBuilder,
  value: Value,
  permutation: Permutation,
): Value | undefined => {
  const producer = builder.producedBy(value, 'Transpose');
  if (producer !== undefined) {
    const same = intsOf(producer.attributes, 'perm').join() === permutation.join();
    return same ? producer.inputs[0] : undefined;
  }
  const inverse = invertPermutation(permutation);
  if (value.shape.length === 0) return value;
  if (value.constant !== undefined) return untransposeConstant(builder, value, inverse);
  if (value.shape.length !== permutation.length || !keepsElementOrder(value.shape, inverse)) return undefined;
  const shape = permute(value.shape, inverse);
  return builder.canReshape(value, shape) ? builder.reshape(label, value, shape) : undefined;
};

/** Runs a node before the Transpose that its inputs share; `undefined` where they share none. */
const runBefore = (node: GraphNode, builder: GraphBuilder, permutation: Permutation): Value | undefined => {
  if (node.output.shape.length !== permutation.length) return undefined;
  const inputs = node.inputs.map((input) => untranspose(node, builder, input, permutation));
  if (!inputs.every((input) => input !== undefined)) return undefined;
  const axis = permutation[numberOf(node.attributes, 'axis', 0)] as number;
  const attributes = PER_AXIS.has(node.op) ? { ...node.attributes, axis: int(axis) } : node.attributes;
  return builder.add(node.op, node.label, inputs, attributes);
};

const padBefore = (node: GraphNode, builder: GraphBuilder, permutation: Permutation): Value | undefined => {
  const [input, pads] = node.inputs;
  const source = input === undefined ? undefined : untranspose(node, builder, input, permutation);
  const tensor = pads?.constant?.tensor;
  if (source === undefined || pads === undefined || tensor?.dtype !== 'int64') return undefined;
  const amounts = Array.from(tensor.data, Number);
  const inverse = invertPermutation(permutation);
  const rank = inverse.length;
  const moved = [...permute(amounts.slice(0, rank), inverse), ...permute(amounts.slice(rank), inverse)];
  const constant = builder.constant(pads.constant?.label ?? 'pads', intTensor(moved));
  return builder.add('Pad', node.label, [source, constant, ...node.inputs.slice(2)], node.attributes);
};

/** Elementwise nodes of one variable input commute with a Reshape, so they can get out of a Transpose's way. */
const liftOverReshape = (node: GraphNode, builder: GraphBuilder): Value | undefined => {
  const [input, ...others] = node.inputs;
  const reshape = builder.producedBy(input, 'Reshape');
  const source = reshape?.inputs[0];
  const scalars = others.every((other) => constantFloats(other)?.data.length === 1);
  if (!ELEMENTWISE.has(node.op) || source === undefined || !scalars) return undefined;
  if (builder.producedBy(source, 'Transpose') === undefined || !builder.canReshape(source, node.output.shape))
    return undefined;
  return builder.reshape(
    node.label,
    builder.add(node.op, node.label, [source, ...others], node.attributes),
    node.output.shape,
  );
};

const sink: Rule = (node, { builder }) => {
  const lifted = liftOverReshape(node, builder);
  if (lifted !== undefined) return lifted;
  const [first] = node.inputs;
  const before = builder.producedBy(first, 'Transpose');
  const rule = sinkRules[node.op];
  if (rule !== undefined && before !== undefined) {
    const source = before.inputs[0] as Value;
    return rule({ node, builder, source, permutation: intsOf(before.attributes, 'perm') });
  }
  if (!ELEMENTWISE.has(node.op) && !PER_AXIS.has(node.op) && node.op !== 'Pad') return undefined;
  for (const input of node.inputs) {
    const transpose = builder.producedBy(input, 'Transpose');
    if (transpose === undefined) continue;
    const permutation = intsOf(transpose.attributes, 'perm');
    const output =
      node.op === 'Pad' ? padBefore(node, builder, permutation) : runBefore(node, builder, permutation);
    return output === undefined ? undefined : builder.transpose(node.label, output, permutation);
  }
  return undefined;
};

/**
 * Moves Transposes from before a node to after it, towards the outputs, where they meet others and cancel. A node with
 * several inputs is passed where all have the same Transpose, are constants, or need a mere Reshape.
 */
export const sinkTransposes = rewritePass('sink-transposes', sink);
