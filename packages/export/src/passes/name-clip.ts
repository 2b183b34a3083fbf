import { constantFloats, type GraphBuilder } from '../graph/graph-builder.ts';
import type { GraphNode, Value } from '../graph/graph.ts';
import { ABSENT } from '../graph/graph.ts';
import { rewritePass } from './pass.ts';

/** The range that a node keeps values in, and what it reads. */
interface Range {
  readonly input: Value;
  readonly low: number;
  readonly high: number;
}

const lone = (value: Value | undefined): number | undefined => {
  const tensor = constantFloats(value);
  return tensor?.data.length === 1 ? tensor.data[0] : undefined;
};

/** The number that a Min or Max compares with, and what it compares. */
const compared = ({ inputs }: GraphNode): { readonly input: Value; readonly limit: number } | undefined => {
  const [one, other] = inputs;
  if (inputs.length !== 2 || one === undefined || other === undefined) return undefined;
  const [first, second] = [lone(one), lone(other)];
  if (second !== undefined && one.shape.length >= other.shape.length) return { input: one, limit: second };
  return first !== undefined && other.shape.length >= one.shape.length
    ? { input: other, limit: first }
    : undefined;
};

const limitOf = (value: Value | undefined, fallback: number): number | undefined =>
  value === undefined || value === ABSENT ? fallback : lone(value);

const rangeOf = (node: GraphNode): Range | undefined => {
  const [input] = node.inputs;
  if (input?.dtype !== 'float32') return undefined;
  if (node.op === 'Relu') return { input, low: 0, high: Infinity };
  if (node.op === 'Clip') {
    const [low, high] = [limitOf(node.inputs[1], -Infinity), limitOf(node.inputs[2], Infinity)];
    return low === undefined || high === undefined ? undefined : { input, low, high };
  }
  const comparison = node.op === 'Min' || node.op === 'Max' ? compared(node) : undefined;
  if (comparison === undefined) return undefined;
  const [low, high] = node.op === 'Max' ? [comparison.limit, Infinity] : [-Infinity, comparison.limit];
  return { input: comparison.input, low, high };
};

const write = (builder: GraphBuilder, label: string, { input, low, high }: Range): Value => {
  if (low === 0 && high === Infinity) return builder.add('Relu', label, [input]);
  const limit = (name: string, value: number): Value =>
    Number.isFinite(value) ? builder.scalar(`${label}/${name}`, value) : ABSENT;
  const inputs = [input, limit('low', low), limit('high', high)];
  return builder.add('Clip', label, high === Infinity ? inputs.slice(0, 2) : inputs);
};

/** Makes one Clip of Relu, Clip, Min and Max with numbers, one after another: ReLU6 is often spelled that way. */
export const nameClip = rewritePass('name-clip', (node, { builder, isOnlyReader }) => {
  const range = rangeOf(node);
  if (range === undefined) return undefined;
  const before = builder.producer(range.input);
  const inner = before === undefined || !isOnlyReader(range.input) ? undefined : rangeOf(before);
  if (inner === undefined) {
    // A lone Min or Max is a Clip as well, which passes know more about.
    return node.op === 'Min' || node.op === 'Max' ? write(builder, node.label, range) : undefined;
  }
  // What comes later has the last word: the inner range is cut off at the outer one.
  const cut = (value: number): number => Math.min(Math.max(value, range.low), range.high);
  return write(builder, node.label, { input: inner.input, low: cut(inner.low), high: cut(inner.high) });
});
