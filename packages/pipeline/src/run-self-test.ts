import { checkGolden, goldenInput, type ModelCard } from '@mien/contract';
import type { RunGraph } from './run-graph.ts';
import { runModel, type RunnableCard } from './run-model.ts';

/**
 * Runs the golden self-test that a card carries: does this graph, on this runtime and device, give what it gave when
 * it was exported? Also warms the session up.
 *
 * @returns the largest absolute difference between the probabilities and those in the card.
 * @throws {GoldenMismatchError} when it is over the card's tolerance.
 * @throws {InvalidGraphOutputError} when the graph is not the one that the card describes.
 */
export const runSelfTest = async ({
  card,
  runGraph,
}: {
  readonly card: RunnableCard & Pick<ModelCard, 'golden'>;
  readonly runGraph: RunGraph;
}): Promise<number> =>
  checkGolden(
    card,
    await runModel({
      pixelsNchw: goldenInput(card),
      images: card.golden.outputs.length,
      card,
      runGraph,
    }),
  );
