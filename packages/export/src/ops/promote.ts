import type { Value } from '../graph/graph.ts';
import type { NodeWriter } from '../graph/node-writer.ts';
import type { DataType } from '../graph/tensor.ts';

/** From narrow to wide, as tfjs converts operands of two types. */
const WIDTHS: readonly DataType[] = ['bool', 'int32', 'int64', 'float32'];

/** Casts operands to the widest of their types, as tfjs does. */
export const promote = (writer: NodeWriter, values: readonly Value[]): readonly Value[] => {
  const widest = WIDTHS.findLast((dtype) => values.some((value) => value.dtype === dtype));
  return widest === undefined ? values : values.map((value) => writer.cast(value, widest));
};

/** As {@link promote}, with bools counted as integers: there is no arithmetic on bools. */
export const promoteNumbers = (writer: NodeWriter, values: readonly Value[]): readonly Value[] =>
  promote(
    writer,
    values.map((value) => (value.dtype === 'bool' ? writer.cast(value, 'int32') : value)),
  );

/** Makes floats of whole numbers, for operators that exist for floats alone. */
export const toFloat = (writer: NodeWriter, value: Value): Value => writer.cast(value, 'float32');
