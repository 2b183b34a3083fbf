import type { Evaluation } from '@mien/contract';

/** How well one class is recognised. */
export type ClassScores = Evaluation['perClass'][number];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/**
 * Precision, recall and F1 of each class. A ratio without cases (the class never predicted, or absent) is 0, as with
 * scikit-learn's `zero_division=0`.
 *
 * @param confusion rows are the true classes, columns the predicted ones.
 * @param labels the classes, in the order of the rows.
 */
export const classScores = (
  confusion: readonly (readonly number[])[],
  labels: readonly string[],
): ClassScores[] =>
  labels.map((label, index) => {
    const row = confusion[index] as readonly number[];
    const hits = row[index] as number;
    const support = sum(row);
    const predicted = sum(confusion.map((other) => other[index] as number));
    return {
      label,
      support,
      precision: ratio(hits, predicted),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + predicted),
    };
  });

/**
 * The mean F1 over classes, every class weighing the same. As scikit-learn's `f1_score(average='macro')`: a class that
 * occurs neither in truth nor in predictions is left out; one that occurs in either counts, with 0 when never hit.
 *
 * @param confusion rows are the true classes, columns the predicted ones.
 */
export const macroF1 = (confusion: readonly (readonly number[])[]): number => {
  const scores = classScores(
    confusion,
    confusion.map((_, index) => String(index)),
  );
  const occurring = scores.filter(
    ({ support }, index) => support > 0 || confusion.some((row) => (row[index] as number) > 0),
  );
  return ratio(sum(occurring.map(({ f1 }) => f1)), occurring.length);
};
