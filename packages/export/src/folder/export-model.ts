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
import { TOLERANCE, verifyGraph, type Agreement, type OutputAgreement } from '../verify/verify-graph.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { assertCardFits, GRAPH_INPUT, GRAPH_OUTPUT, makeModelCard } from './make-model-card.ts';
import { nameOutputs, orderOutputs } from './name-outputs.ts';
import { publishFiles } from './publish-files.ts';
import { readModelFolder } from './read-model-folder.ts';

/** The file that holds the graph. */
const graphFile = (name: string): string => `${name}.onnx`;

/** The file beside it that says what the graph is. */
const cardFile = (name: string): string => `${name}.card.json`;

/** Where an export reads and writes. */
export interface ExportModelParams {
  /** A trained model's folder: `model.json`, weight files, `card.json`. */
  readonly modelFolder: string;
  /** Gets the graph and its card; made where it is not there. */
  readonly outFolder: string;
  /** What the files are called, before `.onnx` and `.card.json`. Default `model`. */
  readonly name?: string | undefined;
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

/** A file cannot hold the figures of its own precision: writing them would change its bytes. */
const metadataOf = (card: TrainedModelCard): Record<string, string> => ({
  labels: JSON.stringify(card.labels),
  card: JSON.stringify({ ...card, precisions: undefined }),
});

const rowsOf = ({ expected }: OutputAgreement): number[][] => {
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

const describeAgreement = ({ inputSet, outputs }: Agreement): string => {
  const differences = outputs.map(({ output, largestDifference }) => {
    const difference = largestDifference.toExponential(2);
    return outputs.length === 1 ? difference : `${output} ${difference}`;
  });
  return `  ${inputSet}: ${differences.join(', ')}`;
};

const verify = async (
  onnx: Uint8Array,
  { model, outputNames }: { readonly model: tf.LayersModel; readonly outputNames: readonly string[] },
  card: TrainedModelCard,
  params: ExportModelParams,
): Promise<Agreement[]> => {
  params.report?.(`Largest difference from tfjs (allowed ${TOLERANCE.toExponential(0)}):`);
  const agreements: Agreement[] = [];
  for (const inputSet of await inputSets(card, params)) {
    const agreement = await verifyGraph({ onnx, inputName: GRAPH_INPUT, outputNames, model, inputSet });
    params.report?.(describeAgreement(agreement));
    agreements.push(agreement);
  }
  return agreements;
};

const goldenOf = ({ otherHeads }: TrainedModelCard, { outputs }: Agreement): ModelCard['golden'] => {
  const rows = new Map(outputs.map((agreement) => [agreement.output, rowsOf(agreement)]));
  const rowsNamed = (output: string): number[][] => rows.get(output) ?? [];
  const others = otherHeads?.map(({ output }): [string, number[][]] => [output, rowsNamed(output)]);
  return {
    seed: GOLDEN_SEED,
    outputs: rowsNamed(GRAPH_OUTPUT),
    ...(others === undefined ? {} : { otherOutputs: Object.fromEntries(others) }),
    tolerance: TOLERANCE,
  };
};

/**
 * Converts a trained model's folder into an ONNX file and its card, and proves that the file computes the same before
 * it is put in place.
 *
 * @throws {MienError} saying what is wrong with the folder, the model or the output; nothing is written then.
 */
export const exportModel = async (params: ExportModelParams): Promise<ExportedModel> => {
  const { modelFolder, outFolder, name = 'model' } = params;
  const { files, card } = await readModelFolder(modelFolder);
  const [graphName, cardName] = [graphFile(name), cardFile(name)];
  const model = await loadLayersModel(files);
  try {
    const outputNames = nameOutputs(card, model);
    const converted = await convertLayersModel({ ...files, inputNames: [GRAPH_INPUT], outputNames });
    assertCardFits(card, converted);
    const graph = orderOutputs(card, optimizeGraph(converted));
    return await publishFiles(outFolder, [graphName, cardName], async (workFolder) => {
      const path = join(workFolder, graphName);
      await writeFile(path, writeOnnx(graph, metadataOf(card)));
      const onnx = await readFile(path);
      const agreements = await verify(onnx, { model, outputNames }, card, params);
      const modelCard = makeModelCard(card, {
        file: graphName,
        sha256: createHash('sha256').update(onnx).digest('hex'),
        bytes: onnx.byteLength,
        golden: goldenOf(card, agreements[0] as Agreement),
      });
      await writeFile(join(workFolder, cardName), `${JSON.stringify(modelCard, null, 2)}\n`);
      return { card: modelCard, graph, nodesBefore: converted.nodes.length, agreements };
    });
  } finally {
    model.dispose();
  }
};
