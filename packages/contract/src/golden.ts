import type { DetectorCard } from './detector-card.ts';
import { largestDifference } from './largest-difference.ts';
import { MienError } from './mien-error.ts';
import type { ModelCard } from './model-card.ts';
import { createRandom } from './random.ts';

/** The model, run here, does not give the outputs that its card promises: wrong file, or a runtime that computes wrongly. */
export class GoldenMismatchError extends MienError {
  override readonly name = 'GoldenMismatchError';
  constructor(
    readonly largestDifference: number,
    readonly tolerance: number,
  ) {
    super(
      `The model fails its self-test: outputs differ from its card by ${largestDifference.toExponential(2)}, ` +
        `allowed is ${tolerance.toExponential(2)}. Use the model.onnx that belongs to this card, or another device.`,
    );
  }
}

/** A card that says what its graph gives for known pictures. */
type SelfTestedCard = ModelCard | DetectorCard;

/**
 * Makes the golden self-test's input from its seed.
 *
 * @returns whole numbers in [0, 255] as float32, `[batch, channels, height, width]`.
 */
export const goldenInput = (card: Pick<SelfTestedCard, 'golden' | 'input'>): Float32Array => {
  const { channels, heightPx, widthPx } = card.input;
  const random = createRandom(card.golden.seed);
  return Float32Array.from({ length: card.golden.outputs.length * channels * heightPx * widthPx }, () =>
    random.integer(256),
  );
};

/**
 * Compares what a runtime gave for {@link goldenInput} with what the card promises.
 *
 * @param outputs what the card promises, one image after the other: probabilities, or a detector's numbers.
 * @returns the largest absolute difference.
 * @throws {GoldenMismatchError} when it is over the card's tolerance, or an output is not a number.
 */
export const checkGolden = (card: Pick<SelfTestedCard, 'golden'>, outputs: ArrayLike<number>): number => {
  const largest = largestDifference(card.golden.outputs.flat(), outputs);
  if (largest > card.golden.tolerance) throw new GoldenMismatchError(largest, card.golden.tolerance);
  return largest;
};
