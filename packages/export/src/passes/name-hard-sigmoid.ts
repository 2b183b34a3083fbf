import { constantFloats } from '../graph/graph-builder.ts';
import { float, type GraphNode, type Value } from '../graph/graph.ts';
import { rewritePass, type RuleContext } from './pass.ts';

const numberOf = (value: Value | undefined): number | undefined => {
  const tensor = constantFloats(value);
  return tensor?.data.length === 1 ? tensor.data[0] : undefined;
};

/** A node of a number and something else: both, whichever comes first. */
const operandsOf = ({
  inputs,
}: GraphNode): { readonly input: Value; readonly number: number } | undefined => {
  const [one, other] = inputs as [Value, Value];
  const [first, second] = [numberOf(one), numberOf(other)];
  if (second !== undefined) return { input: one, number: second };
  return first === undefined ? undefined : { input: other, number: first };
};

/** What a Clip from 0 to 6 of x + 3 reads. */
const shiftedSix = (value: Value, { builder, isOnlyReader }: RuleContext): Value | undefined => {
  const clip = builder.producedBy(value, 'Clip');
  if (clip === undefined || !isOnlyReader(value)) return undefined;
  if (numberOf(clip.inputs[1]) !== 0 || numberOf(clip.inputs[2]) !== 6) return undefined;
  const add = builder.producedBy(clip.inputs[0], 'Add');
  const operands = add === undefined ? undefined : operandsOf(add);
  return operands?.number === 3 && isOnlyReader(clip.inputs[0] as Value) ? operands.input : undefined;
};

/** Writes relu6(x + 3) / 6 as the HardSigmoid that it is, as in MobileNetV3. */
export const nameHardSigmoid = rewritePass('name-hard-sigmoid', (node, context) => {
  if (node.op !== 'Mul' && node.op !== 'Div') return undefined;
  const operands = operandsOf(node);
  if (operands === undefined || (node.op === 'Div' && operands.input !== node.inputs[0])) return undefined;
  const factor = node.op === 'Div' ? 1 / operands.number : operands.number;
  if (Math.abs(factor * 6 - 1) > 1e-6) return undefined;
  const input = shiftedSix(operands.input, context);
  return input === undefined
    ? undefined
    : context.builder.add('HardSigmoid', node.label, [input], { alpha: float(1 / 6), beta: float(0.5) });
});
