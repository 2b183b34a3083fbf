import { CANDIDATE_FIELDS, checkGolden, goldenInput, type DetectorCard } from '@mien/contract';
import { runDetector, type Detector } from './run-detector.ts';

/**
 * Runs the golden self-test of a detector's card, see {@link runSelfTest}. Also warms the session up.
 *
 * @returns the largest absolute difference from the card, in confidence or shares of the picture's side.
 * @throws {GoldenMismatchError} when it is over the card's tolerance.
 * @throws {InvalidGraphOutputError} when the graph is not the one that the card describes.
 */
export const runDetectorSelfTest = async ({
  card,
  runGraph,
}: Detector & { readonly card: DetectorCard }): Promise<number> => {
  const { golden, candidates } = card;
  const numbers = await runDetector({ card, runGraph }, goldenInput(card), golden.outputs.length);
  const fields = CANDIDATE_FIELDS.length;
  const picked = numbers.filter(
    (_, index) => (Math.floor(index / fields) % candidates) % golden.candidateStep === 0,
  );
  return checkGolden(card, picked);
};
