import { MienError } from '@mien/contract';
import type { Graph } from '../graph/graph.ts';
import type { ConvertParams } from '../convert.ts';
import { locateDifference } from './locate-difference.ts';
import { relativeDifference, type NumberArray } from './number-array.ts';
import { randomInputs } from './random-inputs.ts';
import { runGraph } from './run-graph.ts';
import { loadRunnable, type RunnableModel } from './run-model.ts';

/** How far an output may be from tfjs's, as a share of its largest value where that is above 1. */
export const RELATIVE_TOLERANCE = 1e-4;

/** The batches that are tried where a graph takes any. */
const BATCHES = [1, 3];

/** The written graph computes something else than the model: a defect of the converter, or of a runtime. */
export class ModelDifferenceError extends MienError {
  override readonly name = 'ModelDifferenceError';
  constructor(
    readonly output: string,
    readonly batch: number,
    readonly difference: number,
    /** The first node or layer that differs; `undefined` where the graph went wrong as it was optimised. */
    readonly node: string | undefined,
  ) {
    const where =
      node === undefined
        ? 'Before it was optimised the graph agreed'
        : `The first node that differs is "${node}"`;
    super(
      `Output "${output}" differs from tfjs by ${difference.toExponential(2)} (share of its largest value, allowed is ` +
        `${RELATIVE_TOLERANCE.toExponential(0)}) on random inputs of batch ${batch}. ${where}. Please report this with your model.json.`,
    );
  }
}

/** How a graph and its model compare on random inputs of one batch size. */
export interface ModelAgreement {
  readonly batch: number;
  readonly outputs: readonly { readonly name: string; readonly difference: number }[];
}

/** How much of a difference in the inputs is taken for rounding, and how far its effect may be exceeded. */
const ROUNDING = 1e-6;
const ROUNDING_MARGIN = 10;

const nudged = (input: NumberArray): NumberArray =>
  input.dtype === 'float32'
    ? {
        ...input,
        data: Float32Array.from(
          input.data,
          (value, index) => value * (1 + (index % 2 === 0 ? ROUNDING : -ROUNDING)),
        ),
      }
    : input;

/**
 * How far outputs move when the inputs move by a rounding error: deep networks blow such errors up, and the two runtimes
 * cannot agree better than that.
 */
const sensitivities = async (
  model: RunnableModel,
  inputs: readonly NumberArray[],
  expected: readonly NumberArray[],
): Promise<readonly number[]> => {
  const moved = await model.run(inputs.map(nudged));
  return expected.map(
    (output, index) => ROUNDING_MARGIN * relativeDifference(output, moved[index] as NumberArray),
  );
};

const compareOnce = async (
  model: RunnableModel,
  graph: Graph,
  onnx: Uint8Array,
  batch: number,
): Promise<ModelAgreement> => {
  const inputs = randomInputs(graph, batch);
  const expected = await model.run(Object.values(inputs));
  const actual = await runGraph(onnx, inputs);
  const outputs = graph.outputs.map(({ name }, index) => ({
    name,
    difference: relativeDifference(expected[index] as NumberArray, actual[name] as NumberArray),
  }));
  return { batch, outputs };
};

/** What is compared, and who is told. */
export interface VerifyModelParams {
  /** The model's files, and what else it was converted with. */
  readonly files: ConvertParams;
  /** Written with images as the model has them, channels last. */
  readonly graph: Graph;
  /** The graph as a file. */
  readonly onnx: Uint8Array;
  /** Is told of each batch that has been compared. */
  readonly report?: (agreement: ModelAgreement) => void;
}

/** Refuses a difference that is more than rounding, saying where it comes from. */
const assertAgreement = async (
  model: RunnableModel,
  { files, graph }: VerifyModelParams,
  { batch, outputs }: ModelAgreement,
): Promise<void> => {
  const isFar = ({ difference }: { readonly difference: number }): boolean =>
    !(difference <= RELATIVE_TOLERANCE);
  if (!outputs.some(isFar)) return;
  const inputs = Object.values(randomInputs(graph, batch));
  const allowed = await sensitivities(model, inputs, await model.run(inputs));
  const worst = outputs.find(
    (output, index) => isFar(output) && !(output.difference <= (allowed[index] as number)),
  );
  if (worst === undefined) return;
  const { node } = await locateDifference(files, model, inputs, RELATIVE_TOLERANCE);
  throw new ModelDifferenceError(worst.name, batch, worst.difference, node);
};

const batchesOf = (graph: Graph): readonly number[] => {
  const isOpen = graph.inputs.some(({ value }) => typeof value.shape[0] === 'string');
  return isOpen ? BATCHES : [1];
};

/**
 * Runs a written graph in onnxruntime and its model in tfjs on the same random inputs, of several batch sizes where the
 * graph takes them. On a difference, finds the first node that it comes from.
 *
 * @throws {ModelDifferenceError} when an output differs by more than {@link RELATIVE_TOLERANCE}, and by more than rounding
 *   errors of the inputs explain.
 */
export const verifyModel = async ({
  files,
  graph,
  onnx,
  report,
}: VerifyModelParams): Promise<readonly ModelAgreement[]> => {
  const model = await loadRunnable(files);
  try {
    const agreements: ModelAgreement[] = [];
    for (const batch of batchesOf(graph)) {
      const agreement = await compareOnce(model, graph, onnx, batch);
      await assertAgreement(model, { files, graph, onnx }, agreement);
      report?.(agreement);
      agreements.push(agreement);
    }
    return agreements;
  } finally {
    model.dispose();
  }
};
