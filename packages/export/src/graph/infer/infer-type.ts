import { stringOf } from '../graph.ts';
import type { DataType } from '../tensor.ts';
import type { Operation } from './operation.ts';

type TypeRule = (operation: Operation) => DataType;

const rulesFor = (ops: string, rule: TypeRule): Record<string, TypeRule> =>
  Object.fromEntries(ops.split(' ').map((op) => [op, rule]));

/** Operators whose result is of another type than their first input. */
const TYPES: Readonly<Record<string, TypeRule>> = {
  ...rulesFor('And Equal Greater GreaterOrEqual IsInf IsNaN Less LessOrEqual Not Or Xor', () => 'bool'),
  ...rulesFor('ArgMax ArgMin NonMaxSuppression NonZero Shape Size', () => 'int64'),
  ...rulesFor('RandomNormal RandomNormalLike RandomUniform RandomUniformLike', () => 'float32'),
  Cast: ({ attributes }) => stringOf(attributes, 'to', 'float32') as DataType,
  ConstantOfShape: ({ attributes }) => {
    const value = attributes['value'];
    return value?.type === 'tensor' ? value.value.dtype : 'float32';
  },
  Multinomial: () => 'int32',
  OneHot: ({ inputs }) => inputs[2]?.dtype ?? 'float32',
  Where: ({ inputs }) => inputs[1]?.dtype ?? 'float32',
};

/** The type of a node's result. */
export const inferType = (operation: Operation): DataType =>
  TYPES[operation.op]?.(operation) ?? operation.inputs[0]?.dtype ?? 'float32';
