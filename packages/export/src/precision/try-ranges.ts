import type { Graph } from '../graph/graph.ts';
import { withGraphFile } from '../files/with-graph-file.ts';
import { fitRanges, type ActivationRanges } from './activation-ranges.ts';
import { compareOutputs, type OutputDifference } from './compare-outputs.ts';
import { quantizeGraph } from './quantize-graph.ts';
import { runSamples, type Outputs } from './run-samples.ts';
import type { Samples } from './samples.ts';

/** What choices of a quantisation are judged on. */
export interface Judge {
  readonly samples: Samples;
  /** What the float graph gives for them. */
  readonly expected: Outputs;
}

/** Quantises a graph by ranges and compares what it gives with what the float graph gave. */
export const tryRanges = async (
  graph: Graph,
  ranges: ActivationRanges,
  { samples, expected }: Judge,
): Promise<OutputDifference[]> => {
  const { extremes, inFloat } = fitRanges(graph, ranges);
  const quantized = quantizeGraph(graph, extremes, inFloat);
  return compareOutputs(expected, await withGraphFile(quantized, (file) => runSamples(file, samples)));
};
