import type { Value } from '../graph.ts';
import { inferContents } from './infer-contents.ts';
import { inferType } from './infer-type.ts';
import { ShapeError, type Operation, type Outcome } from './operation.ts';
import { severalOutputs } from './several-outputs.ts';
import { shapeRuleOf } from './shape-rule-of.ts';

const outcomesOf = (operation: Operation, count: number): readonly Outcome[] => {
  const several = severalOutputs[operation.op];
  if (several !== undefined && (count > 1 || operation.op !== 'MaxPool'))
    return several(operation).slice(0, count);
  const shapes = operation.inputs.map((input) => input.shape);
  return [{ dtype: inferType(operation), shape: shapeRuleOf(operation.op)(shapes, operation) }];
};

/**
 * Works out types, shapes and, where they are sizes, contents of a node's results, by the operator's rule in the ONNX
 * specification.
 *
 * @param count how many results are wanted; operators with optional ones give no more.
 * @throws {ShapeError} when the inputs do not fit, or the operator is not one that this package writes.
 */
export const inferOutputs = (operation: Operation, count = 1): readonly Value[] => {
  try {
    return outcomesOf(operation, count).map((outcome) => {
      const { dtype, shape } = outcome;
      const contents = inferContents(operation, outcome);
      return contents === undefined ? outcome : { dtype, shape, contents };
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const shapes = operation.inputs.map((input) => input.shape);
    throw new ShapeError(operation.op, operation.label, shapes, error.message);
  }
};
