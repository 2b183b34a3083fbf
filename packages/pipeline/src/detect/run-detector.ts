import { CANDIDATE_FIELDS, type DetectorCard } from '@mien/contract';
import type { RunGraph } from '../run-graph.ts';
import { readOutput } from '../read-output.ts';

/** The parts of a detector's card that running it takes. */
export type RunnableDetectorCard = Pick<DetectorCard, 'input' | 'candidates' | 'graph'>;

/** A face detector: its card, and what runs its graph. */
export interface Detector {
  readonly card: RunnableDetectorCard;
  readonly runGraph: RunGraph;
}

/**
 * Runs a detector on pictures of its size.
 *
 * @param pixelsNchw red, green and blue in [0, 255], `[images, 3, sidePx, sidePx]`; read only.
 * @returns `[images, candidates, fields]`, fields as {@link CANDIDATE_FIELDS} names them.
 * @throws {InvalidGraphOutputError} when the graph gives anything but that.
 */
export const runDetector = async (
  { card, runGraph }: Detector,
  pixelsNchw: Float32Array,
  images: number,
): Promise<Float32Array> => {
  const { graph, input, candidates } = card;
  const outputs = await runGraph({
    [graph.input.name]: { data: pixelsNchw, dims: [images, 3, input.heightPx, input.widthPx] },
  });
  return readOutput(outputs, graph.output.name, [images, candidates, CANDIDATE_FIELDS.length]);
};
