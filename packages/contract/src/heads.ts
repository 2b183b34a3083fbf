import type { OtherHead, TrainedModelCard } from './model-card.ts';

/** What the main head's output is called, in a trained model and in a graph. */
export const MAIN_OUTPUT = 'probabilities';

/** One head of a model, whether the main one or a further one. */
export type Head = OtherHead;

/** Lists a model's heads in the order of its outputs, the main one first. */
export const headsOf = (card: TrainedModelCard): [main: Head, ...others: Head[]] => {
  const { labels, calibration, evaluation, otherHeads = [] } = card;
  return [{ output: MAIN_OUTPUT, labels, calibration, evaluation }, ...otherHeads];
};
