import { elementwiseRules } from './elementwise-rules.ts';
import type { ShapeRule, ShapeRules } from './operation.ts';
import { productRules } from './product-rules.ts';
import { reductionRules } from './reduction-rules.ts';
import { selectionRules } from './selection-rules.ts';
import { shapeRules } from './shape-rules.ts';
import { windowRules } from './window-rules.ts';

const RULES: ShapeRules = {
  ...elementwiseRules,
  ...productRules,
  ...reductionRules,
  ...selectionRules,
  ...shapeRules,
  ...windowRules,
};

/**
 * Finds an operator's shape rule.
 *
 * @throws {RangeError} when the operator is not one that this package writes.
 */
export const shapeRuleOf = (op: string): ShapeRule => {
  const rule = Object.hasOwn(RULES, op) ? RULES[op] : undefined;
  if (rule === undefined) throw new RangeError('its shape rule is missing from graph/infer');
  return rule;
};
