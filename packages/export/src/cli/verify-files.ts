import type { ConvertedModel } from '../convert-model.ts';
import type { ConvertParams } from '../convert.ts';
import { withGraphFile } from '../files/with-graph-file.ts';
import { measurePrecisions, type Measurement } from '../precision/measure-precisions.ts';
import { decidedOutputs } from '../precision/decided-outputs.ts';
import { assertSmallLoss } from '../precision/verify-precision.ts';
import type { OnnxSource } from '../verify/open-session.ts';
import { RELATIVE_TOLERANCE, verifyModel, type ModelAgreement } from '../verify/verify-model.ts';
import type { WrittenGraph } from './write-graphs.ts';
import type { ConvertOptions } from './convert-options.ts';
import type { ConvertedPrecisions } from './convert-precisions.ts';
import { describeMeasurements } from './describe-precisions.ts';
import { hasScaling, layoutOf, rangeOfInputs } from './input-settings.ts';
import { print } from './run-command.ts';

/** What there is to be proved. */
export interface Provable {
  readonly files: ConvertParams;
  readonly converted: ConvertedModel;
  readonly precise: ConvertedPrecisions;
  /** The files, not in place yet. */
  readonly written: readonly WrittenGraph[];
}

/** What was found about files before they were put in place. */
export interface Proof {
  /** With tfjs; empty where that was not asked for. */
  readonly agreements: readonly ModelAgreement[];
  /** In the order of the files; empty where fp32 is all there is. */
  readonly measurements: readonly Measurement[];
}

const largest = ({ outputs }: ModelAgreement): number =>
  Math.max(0, ...outputs.map(({ difference }) => difference));

const compareWithTfjs = (
  { files, converted: { graph } }: Provable,
  onnx: OnnxSource,
  options: ConvertOptions,
): Promise<readonly ModelAgreement[]> => {
  print(
    `Running the graph and tfjs on random inputs (allowed: ${RELATIVE_TOLERANCE.toExponential(0)} of the largest value):`,
  );
  const imageLayout = layoutOf(options);
  return verifyModel({
    files,
    graph,
    onnx,
    imageLayout,
    inputRange: hasScaling(options) ? rangeOfInputs(graph, imageLayout, options) : undefined,
    report: (agreement) =>
      print(
        `  batch ${agreement.batch}: ${largest(agreement).toExponential(2)} over ${agreement.outputs.length} outputs`,
      ),
  });
};

const describeDecided = (decided: ReadonlySet<string>, isAllDecided: boolean): string => {
  const names = Array.from(decided).join(', ');
  return isAllDecided
    ? `  All outputs follow from choices between numbers, which rounding may turn over: no limit is set to Δ.`
    : `  Left out of Δ: ${names}, which follow from choices between numbers that rounding may turn over.`;
};

const measure = async (
  { converted: { graph }, precise, written }: Provable,
  onnx: OnnxSource,
  { verify }: ConvertOptions,
): Promise<readonly Measurement[]> => {
  const graphs = written.map(({ precision, path }) => ({ precision, onnx: path }));
  const { samples, samplesAre } = precise;
  const fp32 = { precision: 'fp32', onnx, graph } as const;
  const measurements = await measurePrecisions({ fp32, graphs, samples });
  print('Precisions:');
  const shown = { kind: 'numbers', comparedOn: samplesAre } as const;
  for (const line of describeMeasurements(written, measurements, shown)) print(line);
  const decided = decidedOutputs(graph);
  const isAllDecided = decided.size === graph.outputs.length;
  if (decided.size > 0) print(describeDecided(decided, isAllDecided));
  for (const { precision, differences } of verify && !isAllDecided ? measurements : []) {
    if (precision !== 'fp32') assertSmallLoss(precision, samplesAre, differences);
  }
  return measurements;
};

/**
 * Runs written files: fp32 against tfjs where asked for, other precisions against fp32 where somebody wants to know.
 *
 * @throws {ModelDifferenceError} when fp32 computes something else than tfjs.
 * @throws {PrecisionLossError} when another precision does, and proof was asked for.
 */
export const verifyFiles = async (provable: Provable, options: ConvertOptions): Promise<Proof> => {
  const { written, converted } = provable;
  const isMeasured =
    (options.verify || options.report !== undefined) && written.some(({ precision }) => precision !== 'fp32');
  if (!options.verify && !isMeasured) return { agreements: [], measurements: [] };
  const prove = async (fp32: OnnxSource): Promise<Proof> => ({
    agreements: options.verify ? await compareWithTfjs(provable, fp32, options) : [],
    measurements: isMeasured ? await measure(provable, fp32, options) : [],
  });
  const own = written.find(({ precision }) => precision === 'fp32');
  return own === undefined ? withGraphFile(converted.graph, prove) : prove(own.path);
};
