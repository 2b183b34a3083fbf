import { MienError } from '@mien/contract';
import type { Attributes, Value } from '../graph.ts';
import { formatShape, type Shape } from '../shape.ts';
import type { DataType } from '../tensor.ts';

/** A node whose inputs do not fit its operator: the model is broken, or a converter is. */
export class ShapeError extends MienError {
  override readonly name = 'ShapeError';
  constructor(
    readonly op: string,
    readonly node: string,
    readonly inputShapes: readonly Shape[],
    reason: string,
  ) {
    super(
      `The inputs of ${op} (node "${node}") do not fit: ${inputShapes.map(formatShape).join(', ')}; ${reason}. ` +
        'If tfjs itself runs this model, please report it.',
    );
  }
}

/** What the rules for shapes and types look at. */
export interface Operation {
  readonly op: string;
  readonly label: string;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  /** Gives a new symbol for a size that is known only when the graph runs. */
  readonly newSymbol: () => string;
}

/** What is known of a result before the graph runs. */
export interface Outcome {
  readonly dtype: DataType;
  readonly shape: Shape;
}

/**
 * An operator's rule for the shape of its only result.
 *
 * @throws {RangeError} when the inputs do not fit.
 */
export type ShapeRule = (shapes: readonly Shape[], operation: Operation) => Shape;

/** Shape rules by operator. */
export type ShapeRules = Readonly<Record<string, ShapeRule>>;

/** Reads an axis setting, counted from the front. */
export const axisOf = (axis: number, rank: number): number => {
  const counted = axis < 0 ? axis + rank : axis;
  if (counted < 0 || counted >= Math.max(rank, 1)) throw new RangeError(`there is no axis ${axis}`);
  return counted;
};
