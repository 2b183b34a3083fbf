import { faceToInput, type Frame } from '@mien/pixels';
import { toReading, type Reading } from './reading.ts';
import type { RunGraph } from './run-graph.ts';
import { runModel, type RunnableCard } from './run-model.ts';

/** Stacks faces into one float32 batch, `[frames, channels, heightPx, widthPx]`, values in [0, 255]. */
const toBatch = (frames: readonly Frame[], input: RunnableCard['input']): Float32Array => {
  const size = input.channels * input.heightPx * input.widthPx;
  const batch = new Float32Array(frames.length * size);
  for (const [index, frame] of frames.entries()) batch.set(faceToInput(frame, input), index * size);
  return batch;
};

/**
 * Classifies cropped faces in one run of the graph.
 *
 * @param frames one face each, of any size; stretched to the model's.
 * @returns one reading per frame, in their order; none for no frames.
 * @throws {InvalidFrameError} when a frame's bytes do not match its size.
 * @throws {InvalidGraphOutputError} when the graph is not the one that the card describes.
 * @example
 * const [reading] = await classifyFaces({ frames: [{ widthPx, heightPx, rgba }], card, runGraph });
 */
export const classifyFaces = async ({
  frames,
  card,
  runGraph,
}: {
  readonly frames: readonly Frame[];
  readonly card: RunnableCard;
  readonly runGraph: RunGraph;
}): Promise<Reading[]> => {
  if (frames.length === 0) return [];
  const rows = await runModel({
    pixelsNchw: toBatch(frames, card.input),
    images: frames.length,
    card,
    runGraph,
  });
  const { labels } = card;
  return frames.map((_, index) =>
    toReading(labels, rows.subarray(index * labels.length, (index + 1) * labels.length)),
  );
};
