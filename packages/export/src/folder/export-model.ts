import type { ModelCard, TrainedModelCard } from '@mien/contract';
import type * as tf from '@tensorflow/tfjs';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { convertLayersModel } from '../convert-layers-model.ts';
import type { Graph } from '../graph/graph.ts';
import { optimizeGraph } from '../passes/optimize-graph.ts';
import { joinImages, type ImageSet } from '../precision/image-set.ts';
import { imagesOf } from '../precision/verify-precision.ts';
import { loadLayersModel } from '../read/load-layers-model.ts';
import { faceSet, goldenSet, randomSet, type InputSet } from '../verify/input-sets.ts';
import type { FloatArray } from '../verify/run-onnx.ts';
import { TOLERANCE, verifyGraph, type Agreement } from '../verify/verify-graph.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { fileNames } from './file-names.ts';
import { makeGolden } from './make-golden.ts';
import { assertCardFits, GRAPH_INPUT, makeModelCard } from './make-model-card.ts';
import { makePrecisions, type MadePrecision, type MadePrecisions } from './make-precisions.ts';
import { nameOutputs, orderOutputs } from './name-outputs.ts';
import { readPrecisionInputs, type PrecisionInputs, type PrecisionRequest } from './precision-request.ts';
import { publishFiles } from '../files/publish-files.ts';
import { readModelFolder } from './read-model-folder.ts';

/** What an export writes unless told otherwise. */
const FLOAT32_ALONE: PrecisionRequest = { precisions: ['fp32'], errorTarget: 0, floatBudget: 0 };

/** Where an export reads and writes. */
export interface ExportModelParams {
  /** A trained model's folder: `model.json`, weight files, `card.json`. */
  readonly modelFolder: string;
  /** Gets the graphs and their cards; made where it is not there. */
  readonly outFolder: string;
  /** What the files are called, before precision and ending. Default `model`. */
  readonly name?: string | undefined;
  /** Which precisions to write. Default fp32 alone. */
  readonly precisions?: PrecisionRequest | undefined;
  /** The folder of the fixture faces, ending with a slash. */
  readonly fixtures: URL;
  /** Is told how far the work has come, in lines for people. */
  readonly report?: (line: string) => void;
}

/** What an export came to. */
export interface ExportedModel extends MadePrecisions, PrecisionInputs {
  /** The card of the float32 graph. */
  readonly card: ModelCard;
  readonly graph: Graph;
  /** Nodes of the graph before it was optimised. */
  readonly nodesBefore: number;
  readonly agreements: readonly Agreement[];
  /** The float32 graph, which the others are held to, whether it was asked for or not. */
  readonly fp32: MadePrecision;
  /** The images that the graphs were verified on. */
  readonly verificationImages: ImageSet;
}

/** A file cannot hold the figures of its own precision: writing them would change its bytes. */
const metadataOf = (card: TrainedModelCard): Record<string, string> => ({
  labels: JSON.stringify(card.labels),
  card: JSON.stringify({ ...card, precisions: undefined }),
});

const inputSets = async (
  { input }: TrainedModelCard,
  { fixtures, report }: ExportModelParams,
): Promise<InputSet[]> => {
  const faces = await faceSet(fixtures, input);
  if (faces === undefined) {
    report?.(`  fixture faces: left out, there are none of ${input.widthPx} × ${input.heightPx} pixels here`);
  }
  const sets = [goldenSet(input), randomSet(input, 1), randomSet(input, 3)];
  return faces === undefined ? sets : [...sets, faces];
};

const describeAgreement = ({ inputSet, outputs }: Agreement): string => {
  const differences = outputs.map(({ output, largestDifference }) => {
    const difference = largestDifference.toExponential(2);
    return outputs.length === 1 ? difference : `${output} ${difference}`;
  });
  return `  ${inputSet}: ${differences.join(', ')}`;
};

interface LoadedModel {
  readonly model: tf.LayersModel;
  /** In the order of the model's outputs. */
  readonly outputNames: readonly string[];
}

const verify = async (
  onnx: Uint8Array,
  { model, outputNames }: LoadedModel,
  sets: readonly InputSet[],
  report: ExportModelParams['report'],
): Promise<Agreement[]> => {
  report?.(`Largest difference from tfjs (allowed ${TOLERANCE.toExponential(0)}):`);
  const agreements: Agreement[] = [];
  for (const inputSet of sets) {
    const agreement = await verifyGraph({ onnx, inputName: GRAPH_INPUT, outputNames, model, inputSet });
    report?.(describeAgreement(agreement));
    agreements.push(agreement);
  }
  return agreements;
};

/** What the model gave for the golden input. */
const expectedOf = ({ outputs }: Agreement): Map<string, FloatArray> =>
  new Map(outputs.map(({ output, expected }) => [output, expected]));

/** Writes the graph in float32, in memory, and proves that it computes what the model does. */
const proveFloat32 = async (
  graph: Graph,
  loaded: LoadedModel,
  card: TrainedModelCard,
  { sets, params }: { readonly sets: readonly InputSet[]; readonly params: ExportModelParams },
): Promise<{ readonly fp32: MadePrecision; readonly agreements: readonly Agreement[] }> => {
  const onnx = writeOnnx(graph, metadataOf(card));
  const agreements = await verify(onnx, loaded, sets, params.report);
  const modelCard = makeModelCard(card, {
    file: fileNames('fp32', params.name).graph,
    sha256: createHash('sha256').update(onnx).digest('hex'),
    bytes: onnx.byteLength,
    precision: 'fp32',
    golden: makeGolden(expectedOf(agreements[0] as Agreement), card, TOLERANCE),
  });
  const fp32 = { precision: 'fp32', graph, inFloat32: [], onnx, card: modelCard, agreements: [] } as const;
  return { fp32, agreements };
};

const writeGraphs = async (folder: string, { graphs }: MadePrecisions, name?: string): Promise<void> => {
  for (const { precision, onnx, card } of graphs) {
    const files = fileNames(precision, name);
    await writeFile(join(folder, files.graph), onnx);
    await writeFile(join(folder, files.card), `${JSON.stringify(card, null, 2)}\n`);
  }
};

/**
 * Converts a trained model's folder into an ONNX file and its card, in each precision that is asked for, and proves
 * that the files compute the same before they are put in place.
 *
 * @throws {MienError} saying what is wrong with the folder, the model, the pictures or the output; nothing is written
 * then.
 */
export const exportModel = async (params: ExportModelParams): Promise<ExportedModel> => {
  const { outFolder, name, report, precisions: request = FLOAT32_ALONE } = params;
  const { files, card } = await readModelFolder(params.modelFolder);
  const read = await readPrecisionInputs(request, card);
  const model = await loadLayersModel(files);
  try {
    const outputNames = nameOutputs(card, model);
    const converted = await convertLayersModel({ ...files, inputNames: [GRAPH_INPUT], outputNames });
    assertCardFits(card, converted);
    const graph = orderOutputs(card, optimizeGraph(converted));
    return await publishFiles(outFolder, async (workFolder) => {
      const sets = await inputSets(card, params);
      const { fp32, agreements } = await proveFloat32(graph, { model, outputNames }, card, { sets, params });
      const from = { fp32, trainedCard: card, metadata: metadataOf(card), inputSets: sets };
      const made = await makePrecisions({ ...read, ...from, request, name, report });
      await writeGraphs(workFolder, made, name);
      const facts = { card: fp32.card, graph, nodesBefore: converted.nodes.length, agreements };
      return { ...read, ...made, ...facts, fp32, verificationImages: joinImages(sets.map(imagesOf)) };
    });
  } finally {
    model.dispose();
  }
};
