import { MienError } from '@mien/contract';
import type { Value } from '../graph/graph.ts';
import type { DataType } from '../graph/tensor.ts';

/** Complex numbers: ONNX has no such tensors, so the two parts are kept apart. */
export class ComplexPair {
  constructor(
    readonly real: Value,
    readonly imaginary: Value,
  ) {}
}

/**
 * A TensorList or TensorArray: all elements in one tensor, `[size, …element]`. Elements are of one shape, which is what
 * stacking them at the end needs as well.
 */
export class TensorList {
  constructor(
    readonly dtype: DataType,
    /** The elements; `undefined` as long as no element's shape is known. */
    readonly elements: Value | undefined,
    /** How many there are, int64 of rank 0; `undefined` where it is the first size of `elements`. */
    readonly size: Value | undefined,
  ) {}
}

/** What one result of an operation is: mostly a tensor. */
export type Edge = Value | ComplexPair | TensorList;

/** True for plain tensors. */
export const isValue = (edge: Edge | undefined): edge is Value =>
  edge !== undefined && !(edge instanceof ComplexPair) && !(edge instanceof TensorList);

/** An operation of a GraphModel that has no ONNX form here, or a setting of one. */
export class UnsupportedNodeError extends MienError {
  override readonly name = 'UnsupportedNodeError';
  constructor(
    readonly op: string,
    readonly node: string,
    /** What stands in the way, as the rest of a sentence: `with data format "NCHW"`. */
    readonly detail: string,
  ) {
    super(`Cannot convert op "${op}" (node "${node}") ${detail}.`);
  }
}
