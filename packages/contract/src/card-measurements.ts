import * as v from 'valibot';
import { count, fraction, positive, text } from './card-values.ts';

/** The kinds of numbers that a graph computes with. */
export const precision = v.picklist(['fp32', 'fp16', 'int8']);

const split = v.picklist(['train', 'validation', 'test']);

const classScores = v.object({
  label: text,
  support: count,
  precision: fraction,
  recall: fraction,
  f1: fraction,
});

/** One scored split of a dataset. */
export const evaluation = v.object({
  dataset: text,
  split,
  /** How samples were chosen and scored, e.g. `majority of votes` or `FER+ strict`. */
  protocol: text,
  /** True where the model was chosen or calibrated on these very samples. */
  usedForSelection: v.boolean(),
  samples: positive,
  accuracy: fraction,
  /** Wilson score interval, 95 %. */
  accuracyInterval95: v.tuple([fraction, fraction]),
  macroF1: fraction,
  ece: fraction,
  perClass: v.array(classScores),
  /** Rows are the true classes, columns the predicted ones, in the order of `labels`. */
  confusion: v.array(v.array(count)),
});

const corruptedScores = v.object({
  /** What was done to the pictures, e.g. `blur`. */
  corruption: text,
  /** How much of it, with the unit, e.g. `σ 1.5 px`. */
  strength: text,
  /** 1 mild, 2 plain, 3 severe. */
  level: v.picklist([1, 2, 3]),
  samples: positive,
  accuracy: fraction,
  macroF1: fraction,
});

/** How one head does on corrupted pictures of one split. */
export const robustness = v.object({
  dataset: text,
  split,
  protocol: text,
  /** The output that was scored; absent for the main one. */
  output: v.optional(text),
  /** The same pictures, uncorrupted. */
  clean: v.object({ samples: positive, accuracy: fraction, macroF1: fraction }),
  rows: v.pipe(v.array(corruptedScores), v.minLength(1)),
});

/** The size of one precision's graph, and how it does on one split. */
export const measuredPrecision = v.object({
  precision,
  /** The size of the ONNX file. */
  bytes: positive,
  dataset: text,
  split,
  protocol: text,
  samples: positive,
  accuracy: fraction,
  macroF1: fraction,
  ece: fraction,
  /** Accuracy of the other heads, by the name of their output. */
  otherHeads: v.optional(v.record(v.string(), fraction)),
});
