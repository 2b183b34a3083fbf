import type { Graph } from '../graph/graph.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { fitRanges, type ActivationRanges } from './activation-ranges.ts';
import { compareOutputs, type OutputDifference } from './compare-outputs.ts';
import type { ImageSet } from './image-set.ts';
import { quantizeGraph } from './quantize-graph.ts';
import { runImages, type Outputs } from './run-images.ts';

/** What choices of a quantisation are judged on. */
export interface Judge {
  readonly images: ImageSet;
  /** What the float graph gives for them. */
  readonly expected: Outputs;
}

/** Quantises a graph by ranges and compares what it gives with what the float graph gave. */
export const tryRanges = async (
  graph: Graph,
  ranges: ActivationRanges,
  { images, expected }: Judge,
): Promise<OutputDifference[]> => {
  const { extremes, inFloat } = fitRanges(graph, ranges);
  const onnx = writeOnnx(quantizeGraph(graph, extremes, inFloat));
  return compareOutputs(expected, await runImages(onnx, images));
};
