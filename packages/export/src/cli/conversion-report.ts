import type { ConvertedModel } from '../convert-model.ts';
import { countOps } from '../graph/graph.ts';
import type { Measurement } from '../precision/measure-precisions.ts';
import { RELATIVE_TOLERANCE } from '../verify/verify-model.ts';
import { PRODUCER } from '../write/write-onnx.ts';
import { calibrationReport } from './calibration-report.ts';
import type { WrittenGraph } from './write-graphs.ts';
import type { ConvertOptions } from './convert-options.ts';
import type { ConvertedPrecisions } from './convert-precisions.ts';
import type { Proof } from './verify-files.ts';

/** What there is to say of a conversion. */
export interface Conversion {
  /** The path of the model. */
  readonly model: string;
  readonly converted: ConvertedModel;
  readonly precise: ConvertedPrecisions;
  readonly written: readonly WrittenGraph[];
  /** What converting and writing took. */
  readonly seconds: number;
  readonly proof: Proof;
}

const portsOf = (values: ConvertedModel['graph']['inputs']) =>
  values.map(({ name, value }) => ({ name, dtype: value.dtype, shape: value.shape }));

const fileReport = (
  { file, dataFile, bytes, precision, graph, inFloat32, weightLosses }: WrittenGraph,
  measurement: Measurement | undefined,
) => ({
  ...measurement,
  precision,
  file,
  dataFile,
  bytes,
  nodes: graph.nodes.length,
  ops: Object.fromEntries(countOps(graph)),
  inFloat32,
  weightLosses,
});

/** Puts all that is known of a conversion into one object, to be written as JSON. */
export const conversionReport = (conversion: Conversion, options: ConvertOptions) => {
  const { model, converted, precise, written, seconds, proof } = conversion;
  const { graph, kind, nodesBefore, nodes, parameters } = converted;
  const { ranges, calibration, samplesAre } = precise;
  return {
    producer: PRODUCER,
    model,
    kind,
    opset: options.opset,
    parameters,
    inputs: portsOf(graph.inputs),
    outputs: portsOf(graph.outputs),
    nodesBefore,
    nodes,
    ops: Object.fromEntries(countOps(graph)),
    seconds: Number(seconds.toFixed(2)),
    verification: options.verify ? { tolerance: RELATIVE_TOLERANCE, batches: proof.agreements } : null,
    ...(proof.measurements.length === 0 ? {} : { comparedOn: samplesAre }),
    files: written.map((one, index) => fileReport(one, proof.measurements[index])),
    ...(ranges === undefined ? {} : { int8: calibrationReport(ranges, calibration) }),
  };
};
