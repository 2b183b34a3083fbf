import type { Value } from '../graph/graph.ts';
import type { OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { promote, promoteNumbers } from './promote.ts';

const compare =
  (op: string): OpConverter =>
  (call) =>
    call.add(op, promoteNumbers(call, call.tensors(0, 2)));

const equal: OpConverter = (call) => call.add('Equal', promote(call, call.tensors(0, 2)));

const logical =
  (op: string): OpConverter =>
  (call) =>
    call.add(
      op,
      call.tensors().map((value) => call.cast(value, 'bool')),
    );

const select: OpConverter = (call) => {
  const [condition, ...choices] = call.tensors(0, 3);
  return call.add('Where', [call.cast(condition as Value, 'bool'), ...promote(call, choices)]);
};

/** Comparisons, logic and choices between two. */
export const comparisonOps: OpConverters = {
  Equal: equal,
  Greater: compare('Greater'),
  GreaterEqual: compare('GreaterOrEqual'),
  Less: compare('Less'),
  LessEqual: compare('LessOrEqual'),
  LogicalAnd: logical('And'),
  LogicalNot: logical('Not'),
  LogicalOr: logical('Or'),
  NotEqual: (call) => call.add('Not', [call.add('Equal', promote(call, call.tensors(0, 2)))]),
  Select: select,
  SelectV2: select,
};
