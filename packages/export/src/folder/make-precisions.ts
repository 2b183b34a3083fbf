import type { ModelCard, Precision, TrainedModelCard } from '@mien/contract';
import { createHash } from 'node:crypto';
import type { Graph, NamedValue } from '../graph/graph.ts';
import type { ActivationRanges } from '../precision/activation-ranges.ts';
import { calibrateGraph, type Calibration } from '../precision/calibrate-graph.ts';
import { makeFloat16, makeInt8, type PreciseGraph } from '../precision/precise-graph.ts';
import { joinImages } from '../precision/image-set.ts';
import { samplesOf } from '../precision/samples.ts';
import { imagesOf, verifyPrecision, type PrecisionAgreement } from '../precision/verify-precision.ts';
import type { InputSet } from '../verify/input-sets.ts';
import { runOnnxOutputs } from '../verify/run-onnx.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { fileNames } from './file-names.ts';
import { makeGolden } from './make-golden.ts';
import { GRAPH_INPUT, makeModelCard } from './make-model-card.ts';
import type { PrecisionInputs, PrecisionRequest } from './precision-request.ts';

/** How far a runtime may be from the outputs of the same graph on this one: GPUs add up half floats in other orders. */
const SELF_TEST_TOLERANCE = 0.02;

/** A graph of one precision, ready to be written. */
export interface MadePrecision extends PreciseGraph {
  readonly onnx: Uint8Array;
  readonly card: ModelCard;
  /** How it compares with fp32 on the images of the verification; empty for fp32 itself. */
  readonly agreements: readonly PrecisionAgreement[];
}

/** All graphs that were asked for. */
export interface MadePrecisions {
  readonly graphs: readonly MadePrecision[];
  /** What int8 was quantised by. */
  readonly ranges?: ActivationRanges | undefined;
  /** How these were found, where they were found in this run. */
  readonly calibration?: Calibration | undefined;
}

/** What the other precisions are made from. */
export interface MakePrecisionsParams extends PrecisionInputs {
  readonly request: PrecisionRequest;
  /** The name of the files, before precision and ending. */
  readonly name?: string | undefined;
  readonly trainedCard: TrainedModelCard;
  /** The float32 graph, its bytes and card. */
  readonly fp32: MadePrecision;
  readonly metadata: Readonly<Record<string, string>>;
  /** Images of the verification, those of the golden self-test first. */
  readonly inputSets: readonly InputSet[];
  readonly report?: ((line: string) => void) | undefined;
}

const inputOf = ({ inputs }: Graph): NamedValue => inputs[0] as NamedValue;

const describe = (precision: Precision, { inputSet, differences }: PrecisionAgreement): string => {
  const numbers = differences.map(({ output, mean, max }) => {
    const both = `mean ${mean.toExponential(1)}, largest ${max.toExponential(1)}`;
    return differences.length === 1 ? both : `${output} ${both}`;
  });
  return `  ${precision}, ${inputSet}: ${numbers.join('; ')}`;
};

const finish = async (
  made: PreciseGraph & { readonly precision: Exclude<Precision, 'fp32'> },
  params: MakePrecisionsParams,
): Promise<MadePrecision> => {
  const { trainedCard, fp32, metadata, inputSets, report, name } = params;
  const { precision, graph } = made;
  const onnx = writeOnnx(graph, metadata);
  const agreements: PrecisionAgreement[] = [];
  for (const inputSet of inputSets) {
    const agreement = await verifyPrecision({
      precision,
      onnx,
      reference: fp32.onnx,
      inputSet: inputSet.name,
      samples: samplesOf(imagesOf(inputSet), inputOf(fp32.graph)),
    });
    report?.(describe(precision, agreement));
    agreements.push(agreement);
  }
  const outputs = await runOnnxOutputs(onnx, { [GRAPH_INPUT]: (inputSets[0] as InputSet).pixels });
  const card = makeModelCard(trainedCard, {
    file: fileNames(precision, name).graph,
    sha256: createHash('sha256').update(onnx).digest('hex'),
    bytes: onnx.byteLength,
    precision,
    golden: makeGolden(new Map(Object.entries(outputs)), trainedCard, SELF_TEST_TOLERANCE),
  });
  return { ...made, onnx, card, agreements };
};

const calibrate = async (graph: Graph, params: MakePrecisionsParams): Promise<Calibration | undefined> => {
  const { request, calibrationImages, report } = params;
  if (calibrationImages === undefined) return undefined;
  return calibrateGraph(graph, calibrationImages, { ...request, report });
};

/**
 * Makes the precisions that were asked for from a proven float32 graph, and checks each against it.
 *
 * @throws {PrecisionLossError} when one computes something else.
 * @throws {RangesMismatchError} when saved ranges belong to another graph.
 */
export const makePrecisions = async (params: MakePrecisionsParams): Promise<MadePrecisions> => {
  const { request, fp32, inputSets, report } = params;
  const { graph } = fp32;
  const wants = (precision: Precision): boolean => request.precisions.includes(precision);
  const graphs: MadePrecision[] = wants('fp32') ? [fp32] : [];
  if (!wants('fp16') && !wants('int8')) return { graphs };
  const calibration = wants('int8') ? await calibrate(graph, params) : undefined;
  const ranges = calibration?.ranges ?? request.ranges;
  report?.('Difference from fp32:');
  if (wants('fp16')) {
    const trials = samplesOf(joinImages(inputSets.map(imagesOf)), inputOf(graph));
    const made = await makeFloat16(graph, trials.portions);
    graphs.push(await finish({ ...made, precision: 'fp16' }, params));
  }
  if (wants('int8') && ranges !== undefined) {
    graphs.push(await finish({ ...makeInt8(graph, ranges), precision: 'int8' }, params));
  }
  return { graphs, ranges, calibration };
};
