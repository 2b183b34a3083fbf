import type { Reading } from '@mien/pipeline';

/** A distribution in whole thousandths, in the order of the card's labels: fine enough to draw, and short to write. */
export const toThousandths = ({ probabilities }: Pick<Reading, 'probabilities'>): number[] =>
  probabilities.map(({ probability }) => Math.round(probability * 1000));
