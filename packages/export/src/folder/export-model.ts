import type { ModelCard, TrainedModelCard } from '@mien/contract';
import type * as tf from '@tensorflow/tfjs';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { convertLayersModel } from '../convert-layers-model.ts';
import type { Graph } from '../graph/graph.ts';
import { optimizeGraph } from '../passes/optimize-graph.ts';
import { loadLayersModel } from '../read/load-layers-model.ts';
import { faceSet, GOLDEN_SEED, goldenSet, randomSet, type InputSet } from '../verify/input-sets.ts';
import { TOLERANCE, verifyGraph, type Agreement } from '../verify/verify-graph.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { assertCardFits, GRAPH_INPUT, GRAPH_OUTPUT, makeModelCard } from './make-model-card.ts';
import { publishFiles } from './publish-files.ts';
import { readModelFolder } from './read-model-folder.ts';

/** The file that holds the graph. */
export const GRAPH_FILE = 'model.onnx';

/** The file beside it that says what the graph is. */
export const CARD_FILE = 'model.card.json';

/** Where an export reads and writes. */
export interface ExportModelParams {
  /** A trained model's folder: `model.json`, weight files, `card.json`. */
  readonly modelFolder: string;
  /** Gets `model.onnx` and `model.card.json`; made where it is not there. */
  readonly outFolder: string;
  /** The folder of the fixture faces, ending with a slash. */
  readonly fixtures: URL;
  /** Is told how far the work has come, in lines for people. */
  readonly report?: (line: string) => void;
}

/** What an export came to. */
export interface ExportedModel {
  readonly card: ModelCard;
  readonly graph: Graph;
  /** Nodes of the graph before it was optimised. */
  readonly nodesBefore: number;
  readonly agreements: readonly Agreement[];
}

const metadataOf = (card: TrainedModelCard): Record<string, string> => ({
  labels: JSON.stringify(card.labels),
  card: JSON.stringify(card),
});

const rowsOf = ({ expected }: Agreement): number[][] => {
  const classes = expected.shape.at(-1) ?? 1;
  // Seven digits are what float32 holds; softmax may end a rounding error above 1.
  const values = Array.from(expected.data, (value) => Math.min(1, Number(value.toPrecision(7))));
  return Array.from({ length: values.length / classes }, (_, row) =>
    values.slice(row * classes, (row + 1) * classes),
  );
};

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

const verify = async (
  onnx: Uint8Array,
  model: tf.LayersModel,
  card: TrainedModelCard,
  params: ExportModelParams,
): Promise<Agreement[]> => {
  params.report?.(`Largest difference from tfjs (allowed ${TOLERANCE.toExponential(0)}):`);
  const agreements: Agreement[] = [];
  for (const set of await inputSets(card, params)) {
    const agreement = await verifyGraph(onnx, GRAPH_INPUT, model, set);
    params.report?.(`  ${agreement.inputSet}: ${agreement.largestDifference.toExponential(2)}`);
    agreements.push(agreement);
  }
  return agreements;
};

/**
 * Converts a trained model's folder into an ONNX file and its card, and proves that the file computes the same before
 * it is put in place.
 *
 * @throws {MienError} saying what is wrong with the folder, the model or the output; nothing is written then.
 */
export const exportModel = async (params: ExportModelParams): Promise<ExportedModel> => {
  const { files, card } = await readModelFolder(params.modelFolder);
  const names = { inputNames: [GRAPH_INPUT], outputNames: [GRAPH_OUTPUT] };
  const converted = await convertLayersModel({ ...files, ...names });
  assertCardFits(card, converted);
  const graph = optimizeGraph(converted);
  const model = await loadLayersModel(files);
  try {
    return await publishFiles(params.outFolder, [GRAPH_FILE, CARD_FILE], async (workFolder) => {
      const path = join(workFolder, GRAPH_FILE);
      await writeFile(path, writeOnnx(graph, metadataOf(card)));
      const onnx = await readFile(path);
      const agreements = await verify(onnx, model, card, params);
      const [golden] = agreements as [Agreement, ...Agreement[]];
      const modelCard = makeModelCard(card, {
        file: GRAPH_FILE,
        sha256: createHash('sha256').update(onnx).digest('hex'),
        bytes: onnx.byteLength,
        golden: { seed: GOLDEN_SEED, outputs: rowsOf(golden), tolerance: TOLERANCE },
      });
      await writeFile(join(workFolder, CARD_FILE), `${JSON.stringify(modelCard, null, 2)}\n`);
      return { card: modelCard, graph, nodesBefore: converted.nodes.length, agreements };
    });
  } finally {
    model.dispose();
  }
};
