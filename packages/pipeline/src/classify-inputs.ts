import { toReading, type Reading } from './reading.ts';
import type { RunGraph } from './run-graph.ts';
import { runModel, type RunnableCard } from './run-model.ts';

/**
 * Classifies faces that already have the model's size, in one run of the graph.
 *
 * @param inputs one face each: bytes, planar `[channels, heightPx, widthPx]`.
 * @returns one reading per input, in their order; none for no inputs.
 * @throws {InvalidGraphOutputError} when the graph is not the one that the card describes.
 */
export const classifyInputs = async ({
  inputs,
  card,
  runGraph,
}: {
  readonly inputs: readonly Uint8Array[];
  readonly card: RunnableCard;
  readonly runGraph: RunGraph;
}): Promise<Reading[]> => {
  if (inputs.length === 0) return [];
  const { labels, input } = card;
  const size = input.channels * input.heightPx * input.widthPx;
  const pixelsNchw = new Float32Array(inputs.length * size);
  for (const [index, pixels] of inputs.entries()) pixelsNchw.set(pixels, index * size);
  const rows = await runModel({ pixelsNchw, images: inputs.length, card, runGraph });
  return inputs.map((_, index) =>
    toReading(labels, rows.subarray(index * labels.length, (index + 1) * labels.length)),
  );
};
