import { knownIntegers } from '../graph/contents.ts';
import { multiplyDims } from '../graph/dim.ts';
import { tensor, type Value } from '../graph/graph.ts';
import { numericTensor, type DataType } from '../graph/tensor.ts';
import type { OpCall } from '../graph-model/op-call.ts';

/** Constants of up to this many elements are written as they are. */
const MOST_ELEMENTS = 1024;

/** A tensor of a shape that is itself a value, all of one number. */
export const filledWith = (call: OpCall, shape: Value, value: number, dtype: DataType): Value => {
  if (dtype === 'string') throw call.unsupported('of texts');
  const known = knownIntegers(shape);
  const count = known === undefined ? undefined : multiplyDims(known);
  if (known !== undefined && typeof count === 'number' && count <= MOST_ELEMENTS) {
    return call.constant('filled', numericTensor(dtype, known, new Float32Array(count).fill(value)));
  }
  return call.add('ConstantOfShape', [call.cast(shape, 'int64')], {
    value: tensor(numericTensor(dtype, [1], [value])),
  });
};
