import type { Precision } from '@mien/contract';
import { compareOutputs, type OutputDifference } from './compare-outputs.ts';
import { batchesOf, pickImages, type ImageSet } from './image-set.ts';
import { measureLatency } from './measure-latency.ts';
import { runImages } from './run-images.ts';
import { scoreLabels, type LabelledImages, type Scores } from './score-labels.ts';

/** A graph to be measured. */
export interface MeasurableGraph {
  readonly precision: Precision;
  /** The file's bytes. */
  readonly onnx: Uint8Array;
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
  readonly fp32: MeasurableGraph;
  readonly graphs: readonly MeasurableGraph[];
  /** Images to compare on; those of `evaluation` are taken where they are given. */
  readonly images: ImageSet;
  /** Images to score on. */
  readonly evaluation?: LabelledImages | undefined;
}

/** Measures each graph's latency, its difference from fp32, and its accuracy where there are labelled images. */
export const measurePrecisions = async (params: MeasurePrecisionsParams): Promise<Measurement[]> => {
  const { fp32, graphs, evaluation } = params;
  const images = evaluation ?? params.images;
  const expected = await runImages(fp32.onnx, images);
  const [one] = batchesOf(pickImages(images, (index) => index === 0));
  if (one === undefined) throw new TypeError('There are no images to measure on.');
  const [reference = 0, ...latencies] = await measureLatency(
    [fp32, ...graphs].map(({ onnx }) => onnx),
    one,
  );
  const measurements: Measurement[] = [];
  for (const [index, { precision, onnx }] of graphs.entries()) {
    const outputs = precision === 'fp32' ? expected : await runImages(onnx, images);
    const latencyMs = precision === 'fp32' ? reference : (latencies[index] as number);
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
