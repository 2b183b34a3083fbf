import type { Precision } from '@mien/contract';
import type { Graph } from '../graph/graph.ts';
import type { ActivationRanges } from './activation-ranges.ts';
import { calibrateGraph, type Calibration, type CalibrationSettings } from './calibrate-graph.ts';
import type { ImageSet } from './image-set.ts';
import { makeFloat16, makeInt8, type PreciseGraph } from './precise-graph.ts';
import type { Samples } from './samples.ts';

/** Which precisions are made of a graph, and by what. */
export interface PreciseRequest extends CalibrationSettings {
  readonly precisions: readonly Precision[];
  /** What half floats are tried on for overflow. */
  readonly trials: Samples;
  /** What int8 is calibrated on. */
  readonly calibrationImages?: ImageSet | undefined;
  /** What an earlier calibration found, used where there are no images. */
  readonly ranges?: ActivationRanges | undefined;
}

/** Graphs of several precisions, in the order fp32, fp16, int8. */
export interface PreciseGraphs {
  readonly graphs: readonly PreciseGraph[];
  /** What int8 was quantised by. */
  readonly ranges?: ActivationRanges | undefined;
  /** How these were found, where they were found in this run. */
  readonly calibration?: Calibration | undefined;
}

/**
 * Makes a graph in each precision that is asked for.
 *
 * @param graph in float32.
 * @throws {RangesMismatchError} when saved ranges belong to another graph.
 */
export const makePreciseGraphs = async (graph: Graph, request: PreciseRequest): Promise<PreciseGraphs> => {
  const { precisions, trials, calibrationImages } = request;
  const graphs: PreciseGraph[] = [];
  if (precisions.includes('fp32')) graphs.push({ precision: 'fp32', graph, inFloat32: [] });
  if (precisions.includes('fp16')) graphs.push(await makeFloat16(graph, trials.portions));
  if (!precisions.includes('int8')) return { graphs };
  const calibration =
    calibrationImages === undefined ? undefined : await calibrateGraph(graph, calibrationImages, request);
  const ranges = calibration?.ranges ?? request.ranges;
  if (ranges !== undefined) graphs.push(makeInt8(graph, ranges));
  return { graphs, ranges, calibration };
};
