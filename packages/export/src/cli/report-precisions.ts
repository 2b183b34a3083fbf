import type { MadePrecision } from '../folder/make-precisions.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { ExportedModel } from '../folder/export-model.ts';
import { countOps, type NamedValue } from '../graph/graph.ts';
import { formatActivationRanges, type ActivationRanges } from '../precision/activation-ranges.ts';
import type { ImageSet } from '../precision/image-set.ts';
import { measurePrecisions, type Measurement } from '../precision/measure-precisions.ts';
import { samplesOf } from '../precision/samples.ts';
import { PRODUCER } from '../write/write-onnx.ts';
import { calibrationReport } from './calibration-report.ts';
import { describeCalibration, describeFloat32Nodes, describeMeasurements } from './describe-precisions.ts';

/** Saves ranges for exports to come. */
export const writeRanges = (path: string, ranges: ActivationRanges): Promise<void> =>
  writeWhole(path, formatActivationRanges(ranges));

/** The images that say most about the precisions, and what they are. */
const imagesToCompareOn = (exported: ExportedModel): { readonly images: ImageSet; readonly what: string } => {
  const { evaluationImages, calibration, verificationImages } = exported;
  if (evaluationImages !== undefined)
    return { images: evaluationImages, what: 'the pictures that are scored' };
  if (calibration !== undefined) {
    return {
      images: calibration.heldOut,
      what: `${calibration.heldOut.count} images held out of calibration`,
    };
  }
  return { images: verificationImages, what: `the ${verificationImages.count} images of the verification` };
};

const graphReport = (made: MadePrecision, measurement: Measurement | undefined) => {
  const { graph, card, inFloat32, weightLosses, agreements } = made;
  const { file, bytes, sha256 } = card.graph;
  const ops = Object.fromEntries(countOps(graph));
  return {
    ...measurement,
    file,
    bytes,
    sha256,
    nodes: graph.nodes.length,
    ops,
    inFloat32,
    weightLosses,
    agreements,
  };
};

const reportOf = (exported: ExportedModel, comparedOn: string, measurements: readonly Measurement[]) => ({
  producer: PRODUCER,
  model: exported.card.name,
  comparedOn,
  precisions: exported.graphs.map((made, index) => graphReport(made, measurements[index])),
  ...(exported.ranges === undefined
    ? {}
    : { int8: calibrationReport(exported.ranges, exported.calibration) }),
});

/**
 * Measures what was exported and says what came of it.
 *
 * @param path gets the report as JSON, where given.
 * @throws {OutputError} when it cannot be written.
 */
export const reportPrecisions = async (
  exported: ExportedModel,
  { path, print }: { readonly path?: string | undefined; readonly print: (line: string) => void },
): Promise<void> => {
  const { fp32, graphs, calibration, evaluationImages } = exported;
  for (const line of graphs.flatMap(describeFloat32Nodes)) print(line);
  if (calibration !== undefined)
    for (const line of describeCalibration(calibration, 'probabilities')) print(line);
  const { images, what } = imagesToCompareOn(exported);
  const samples = samplesOf(images, fp32.graph.inputs[0] as NamedValue);
  const measurements = await measurePrecisions({ fp32, graphs, samples, evaluation: evaluationImages });
  print('Precisions:');
  const sized = graphs.map(({ graph, card }) => ({ graph, bytes: card.graph.bytes }));
  const shown = { kind: 'probabilities', comparedOn: what } as const;
  for (const line of describeMeasurements(sized, measurements, shown)) print(line);
  if (path === undefined) return;
  await writeWhole(path, `${JSON.stringify(reportOf(exported, what, measurements), null, 2)}\n`);
  print(`Wrote ${path}`);
};
