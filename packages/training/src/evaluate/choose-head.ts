import { headsOf, MienError, type TrainedModelCard } from '@mien/contract';

/** A head that the model does not have. */
export class UnknownHeadError extends MienError {
  override readonly name = 'UnknownHeadError';
  constructor(
    readonly model: string,
    readonly head: string,
    readonly available: readonly string[],
  ) {
    super(
      available.length === 0
        ? `"${model}" has one head alone: leave --head out.`
        : `"${model}" has no head "${head}". Leave --head out for the main one, or choose: ${available.join(', ')}.`,
    );
  }
}

/** One head of a model. */
export interface ChosenHead {
  /** Its place among the model's outputs. */
  readonly index: number;
  /** The classes, in the order of its output. */
  readonly labels: readonly string[];
}

/**
 * Finds a head in a model's card.
 *
 * @param head the name of another head than the main one; undefined for that.
 * @throws {UnknownHeadError} when the model has no such head.
 */
export const chooseHead = (card: TrainedModelCard, head: string | undefined): ChosenHead => {
  const [main, ...others] = headsOf(card);
  if (head === undefined) return { index: 0, labels: main.labels };
  const at = others.findIndex(({ output }) => output === head);
  const found = others[at];
  const names = others.map(({ output }) => output);
  if (found === undefined) throw new UnknownHeadError(card.name, head, names);
  return { index: at + 1, labels: found.labels };
};
