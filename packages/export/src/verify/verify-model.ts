import { MienError } from '@mien/contract';
import type { Graph } from '../graph/graph.ts';
import type { ImageLayout } from '../graph/image-layout.ts';
import type { ConvertParams } from '../convert.ts';
import { isDecision, locateDifference } from './locate-difference.ts';
import { channelsLast, relativeDifference, type NumberArray } from './number-array.ts';
import type { OnnxSource } from './open-session.ts';
import type { Extreme } from '../precision/observe-values.ts';
import { randomInputs } from './random-inputs.ts';
import { roundingEffects } from './rounding-effects.ts';
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

/** What is compared, and who is told. */
export interface VerifyModelParams {
  /** The model's files, and what else it was converted with. */
  readonly files: ConvertParams;
  readonly graph: Graph;
  /** How images lie at its inputs and outputs: channels last, as in tfjs, where not given. */
  readonly imageLayout?: ImageLayout;
  /** Between which numbers random floats are drawn. Default [0, 1). */
  readonly inputRange?: Extreme | undefined;
  /** The graph as a file. */
  readonly onnx: OnnxSource;
  /** Is told of each batch that has been compared. */
  readonly report?: (agreement: ModelAgreement) => void;
}

/** How often inputs are drawn anew where a model has to decide between two numbers that are nearly equal. */
const MOST_DRAWS = 4;

/** The same inputs for the graph and, in its own order and layout, for the model. */
const drawInputs = ({ graph, imageLayout, inputRange }: VerifyModelParams, batch: number, seed: number) => {
  const forGraph = randomInputs(graph, batch, seed, inputRange);
  const toModel = imageLayout === 'channels-first' ? channelsLast : (array: NumberArray) => array;
  return { forGraph, forModel: Object.values(forGraph).map(toModel), toModel };
};

const compareOnce = async (
  model: RunnableModel,
  params: VerifyModelParams,
  batch: number,
  seed: number,
): Promise<ModelAgreement> => {
  const { forGraph, forModel, toModel } = drawInputs(params, batch, seed);
  const expected = await model.run(forModel);
  const actual = await runGraph(params.onnx, forGraph);
  const outputs = params.graph.outputs.map(({ name }, index) => ({
    name,
    difference: relativeDifference(expected[index] as NumberArray, toModel(actual[name] as NumberArray)),
  }));
  return { batch, outputs };
};

/** The output that differs by more than rounding; `undefined` where none does. */
const worstOf = async (
  model: RunnableModel,
  inputs: readonly NumberArray[],
  { outputs }: ModelAgreement,
): Promise<ModelAgreement['outputs'][number] | undefined> => {
  const isFar = ({ difference }: { readonly difference: number }): boolean =>
    !(difference <= RELATIVE_TOLERANCE);
  if (!outputs.some(isFar)) return undefined;
  const allowed = await roundingEffects(model, inputs);
  return outputs.find((output, index) => isFar(output) && !(output.difference <= (allowed[index] as number)));
};

/**
 * Compares one batch. Where the first node that differs decides (picks the largest, compares, rounds), or where only
 * the optimised graph differs, two nearly equal numbers may have changed places: other inputs are drawn then. A defect
 * differs on all of them.
 */
const compareBatch = async (
  model: RunnableModel,
  params: VerifyModelParams,
  batch: number,
): Promise<ModelAgreement> => {
  for (let draw = 0; ; draw++) {
    const agreement = await compareOnce(model, params, batch, draw);
    const inputs = drawInputs(params, batch, draw).forModel;
    const worst = await worstOf(model, inputs, agreement);
    if (worst === undefined) return agreement;
    const { node } = await locateDifference(params.files, model, inputs, RELATIVE_TOLERANCE);
    const mayBeATie = node === undefined || isDecision(params.files.modelJson, node);
    if (!mayBeATie || draw + 1 === MOST_DRAWS)
      throw new ModelDifferenceError(worst.name, batch, worst.difference, node);
  }
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
export const verifyModel = async (params: VerifyModelParams): Promise<readonly ModelAgreement[]> => {
  const model = await loadRunnable(params.files);
  try {
    const agreements: ModelAgreement[] = [];
    for (const batch of batchesOf(params.graph)) {
      const agreement = await compareBatch(model, params, batch);
      params.report?.(agreement);
      agreements.push(agreement);
    }
    return agreements;
  } finally {
    model.dispose();
  }
};
