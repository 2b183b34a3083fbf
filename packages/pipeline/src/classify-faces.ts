import { faceToInput, type Frame } from '@mien/pixels';
import { classifyInputs } from './classify-inputs.ts';
import type { Reading } from './reading.ts';
import type { RunGraph } from './run-graph.ts';
import type { RunnableCard } from './run-model.ts';

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
}): Promise<Reading[]> =>
  classifyInputs({ inputs: frames.map((frame) => faceToInput(frame, card.input)), card, runGraph });
