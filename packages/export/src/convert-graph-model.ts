import { GraphBuilder } from './graph/graph-builder.ts';
import type { Graph, Value } from './graph/graph.ts';
import { declareImageOutput, TAP, type ImageLayout } from './graph/image-layout.ts';
import { declareInputs, type InputShapes } from './graph-model/declare-inputs.ts';
import { ComplexPair, isValue, UnsupportedNodeError, type Edge } from './graph-model/edge.ts';
import type { Port } from './graph-model/graph-def.ts';
import { parseGraphModel } from './graph-model/parse-graph-model.ts';
import { readConstants } from './graph-model/read-constants.ts';
import { Scope, type ModelContext } from './graph-model/scope.ts';
import { UnsupportedOpsError } from './graph-model/unsupported-ops-error.ts';
import type { OpConverters } from './graph-model/op-call.ts';
import { opConverters } from './ops/registry.ts';
import { NotATfjsModelError, type ModelFiles } from './read/model-files.ts';

/** What to convert, and the names that the graph's users will see. */
export interface ConvertGraphModelParams extends ModelFiles {
  /** Names of the graph's inputs, in the model's order; those of its signature where not given. */
  readonly inputNames?: readonly string[];
  /** Names of the graph's outputs, in the model's order; those of its signature where not given. */
  readonly outputNames?: readonly string[];
  /** How images lie at the graph's inputs and outputs: as in the model, where not given. */
  readonly imageLayout?: ImageLayout;
  /** Shapes of inputs that the file leaves open, by input name; -1 for sizes that stay open. */
  readonly inputShapes?: InputShapes;
  /** Converters for operations of your own, by name; or others for those that are known. */
  readonly opConverters?: OpConverters;
  /** Set to get the first results of all nodes as outputs, too, named `tap:<node>`. */
  readonly hasTaps?: boolean;
}

const outputValue = (port: Port, edge: Edge | undefined, context: ModelContext): Value | undefined => {
  if (edge === undefined) return undefined;
  if (isValue(edge)) return edge;
  const what = edge instanceof ComplexPair ? 'is complex, which ONNX has no tensors for' : 'is not a tensor';
  context.problems.push(new UnsupportedNodeError('output', port.reference.node, `that ${what}`));
  return undefined;
};

/** Nodes that read each other in a circle are never reached, and are no problem of any one of them. */
const assertComputed = (outputs: readonly Port[], values: readonly (Value | undefined)[]): void => {
  if (outputs.length === 0) throw new NotATfjsModelError('no node of it gives an output');
  const missing = outputs.find((_, index) => values[index] === undefined);
  if (missing === undefined) return;
  throw new NotATfjsModelError(
    `output "${missing.name}" is never computed, as its nodes read each other in a circle`,
  );
};

const declareTaps = (builder: GraphBuilder, scope: Scope): void => {
  for (const [node, [edge]] of scope.edges) {
    if (isValue(edge) && edge.constant === undefined) builder.output(`${TAP}${node}`, edge);
  }
};

/**
 * Converts a TensorFlow.js GraphModel, node by node. Inputs and outputs are as the model has them; inside, every image
 * operator still stands between two Transposes, which {@link optimizeGraph} removes.
 *
 * Constants are decoded, and what depends on constants alone is computed, by tfjs's current backend; any will do.
 *
 * @throws {NotATfjsModelError} for other JSON.
 * @throws {MissingWeightsError} when a weight file was not given.
 * @throws {WeightSizeError} when weight files are too short or too long.
 * @throws {NonFiniteWeightError} when a weight holds NaN.
 * @throws {DynamicRankError} when the number of dimensions of an input is not known.
 * @throws {UnsupportedOpsError} naming every node that has no ONNX form here.
 */
export const convertGraphModel = async (params: ConvertGraphModelParams): Promise<Graph> => {
  const model = parseGraphModel(params.modelJson);
  const constants = await readConstants(model.weightGroups, params.weights);
  const context: ModelContext = {
    constants,
    functions: model.functions,
    converters: { ...opConverters, ...params.opConverters },
    problems: [],
  };
  const builder = new GraphBuilder('model');
  const layout = params.imageLayout ?? 'channels-last';
  const scope = new Scope(context, model.nodes, builder);
  const inputs = declareInputs(
    model,
    builder,
    ({ name }, index) => params.inputNames?.[index] ?? name,
    layout,
    params.inputShapes,
  );
  for (const { node, value } of inputs) scope.set(node, [value]);
  const edges = await scope.convert(model.outputs.map(({ reference }) => reference));
  const values = model.outputs.map((port, index) => outputValue(port, edges[index], context));
  if (context.problems.length > 0) throw new UnsupportedOpsError(context.problems);
  assertComputed(model.outputs, values);
  for (const [index, port] of model.outputs.entries()) {
    declareImageOutput(builder, params.outputNames?.[index] ?? port.name, values[index] as Value, layout);
  }
  if (params.hasTaps === true) declareTaps(builder, scope);
  return builder.build();
};
