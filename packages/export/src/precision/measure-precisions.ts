import type { Precision } from '@mien/contract';
import { compareOutputs, type OutputDifference } from './compare-outputs.ts';
import { measureLatency } from './measure-latency.ts';
import type { Graph } from '../graph/graph.ts';
import { withoutDecided } from './decided-outputs.ts';
import type { OnnxSource } from '../verify/open-session.ts';
import { runSamples } from './run-samples.ts';
import type { Samples } from './samples.ts';
import { scoreLabels, type LabelledImages, type Scores } from './score-labels.ts';

/** A graph to be measured. */
export interface MeasurableGraph {
  readonly precision: Precision;
  readonly onnx: OnnxSource;
}

/** What a graph costs and what it is worth. */
export interface Measurement {
  readonly precision: Precision;
  /** The fastest of several runs of one image on one CPU thread, in milliseconds. */
  readonly latencyMs: number;
  /** How many times faster than fp32, measured in turns in the same run. */
  readonly timesFaster: number;
  /** Against fp32, for each output. */
  readonly differences: readonly OutputDifference[];
  readonly scores?: Scores;
}

/** What {@link measurePrecisions} measures, and on what. */
export interface MeasurePrecisionsParams {
  readonly fp32: MeasurableGraph & { readonly graph: Graph };
  readonly graphs: readonly MeasurableGraph[];
  /** What to compare on. */
  readonly samples: Samples;
  /** The classes of the samples, where they are known: the graphs are scored by them then. */
  readonly evaluation?: Pick<LabelledImages, 'output' | 'truth'> | undefined;
}

/** Measures each graph's latency, its difference from fp32, and its accuracy where classes are known. */
export const measurePrecisions = async (params: MeasurePrecisionsParams): Promise<Measurement[]> => {
  const { fp32, graphs, samples, evaluation } = params;
  const all = await runSamples(fp32.onnx, samples);
  const expected = withoutDecided(all, fp32.graph);
  const others = graphs.filter(({ precision }) => precision !== 'fp32');
  const [reference = 0, ...latencies] = await measureLatency(
    [fp32, ...others].map(({ onnx }) => onnx),
    samples.one,
  );
  const measurements: Measurement[] = [];
  for (const { precision, onnx } of graphs) {
    const outputs = precision === 'fp32' ? all : await runSamples(onnx, samples);
    const latencyMs = precision === 'fp32' ? reference : (latencies.shift() as number);
    measurements.push({
      precision,
      latencyMs,
      timesFaster: reference / latencyMs,
      differences: compareOutputs(expected, outputs),
      ...(evaluation === undefined ? {} : { scores: scoreLabels(outputs, evaluation) }),
    });
  }
  return measurements;
};
