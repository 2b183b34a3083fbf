import { convertModel, countParameters, type ConvertedModel } from './convert-model.ts';
import type { ConvertParams } from './convert.ts';
import { countOps } from './graph/graph.ts';
import { formatShape } from './graph/shape.ts';
import { UnsupportedOpsError } from './graph-model/unsupported-ops-error.ts';
import { parseGraphModel } from './graph-model/parse-graph-model.ts';
import { UnsupportedOpError } from './layers/layer-call.ts';
import { modelKindOf, parseLayersModelJson, type ModelKind } from './read/model-files.ts';

/** Something that stands in the way of converting a model. */
export interface Obstacle {
  readonly op: string;
  readonly node: string;
  /** Why, as the rest of a sentence; empty where there is simply no converter. */
  readonly reason: string;
}

/** An input or output as the graph would have it. */
export interface GraphPort {
  readonly name: string;
  readonly dtype: string;
  readonly shape: string;
}

/** What is known of a model before anything is written. */
export interface ModelInspection {
  readonly kind: ModelKind;
  readonly parameters: number;
  /** The model's own operations or layers, and how often each occurs, most frequent first. */
  readonly ops: ReadonlyMap<string, number>;
  readonly obstacles: readonly Obstacle[];
  /** The graph that it would become; `undefined` where something stands in the way. */
  readonly graph:
    | {
        readonly nodesBefore: number;
        readonly nodes: number;
        readonly ops: ReadonlyMap<string, number>;
        readonly inputs: readonly GraphPort[];
        readonly outputs: readonly GraphPort[];
      }
    | undefined;
}

const tally = (items: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return new Map([...counts].sort(([, one], [, other]) => other - one));
};

interface LayerJson {
  readonly class_name?: string;
  readonly config?: { readonly layers?: readonly LayerJson[] } | readonly LayerJson[];
}

const layerNames = ({ config }: LayerJson): string[] => {
  const layers = Array.isArray(config)
    ? (config as readonly LayerJson[])
    : (config as { layers?: LayerJson[] })?.layers;
  return (layers ?? []).flatMap((layer) => {
    const inner = layerNames(layer);
    return inner.length > 0 ? inner : [String(layer.class_name)];
  });
};

const opsOf = (modelJson: unknown, kind: ModelKind): ReadonlyMap<string, number> => {
  if (kind === 'layers-model') return tally(layerNames(parseLayersModelJson(modelJson).topology));
  const { nodes, functions } = parseGraphModel(modelJson);
  const all = [nodes, ...[...functions.values()].map((definition) => definition.nodes)];
  return tally(all.flatMap((one) => [...one.values()].map(({ op }) => op)).filter((op) => op !== 'Const'));
};

const obstaclesIn = (error: unknown): readonly Obstacle[] => {
  if (error instanceof UnsupportedOpsError)
    return error.problems.map(({ op, node, detail }) => ({ op, node, reason: detail }));
  if (!(error instanceof UnsupportedOpError)) throw error;
  return [error, ...error.others].map(({ op, node }) => ({ op, node, reason: '' }));
};

const portsOf = (values: ConvertedModel['graph']['inputs']): readonly GraphPort[] =>
  values.map(({ name, value }) => ({ name, dtype: value.dtype, shape: formatShape(value.shape) }));

/**
 * Looks at a model without writing anything: what it is made of, and whether it can be converted.
 *
 * @throws what {@link convertModel} throws, apart from operations that cannot be converted, which are listed.
 */
export const inspectModel = async (files: ConvertParams): Promise<ModelInspection> => {
  const kind = modelKindOf(files.modelJson);
  const about = { kind, parameters: countParameters(files.modelJson), ops: opsOf(files.modelJson, kind) };
  try {
    const { graph, nodes, nodesBefore } = await convertModel(files);
    const summary = {
      nodesBefore,
      nodes,
      ops: countOps(graph),
      inputs: portsOf(graph.inputs),
      outputs: portsOf(graph.outputs),
    };
    return { ...about, obstacles: [], graph: summary };
  } catch (error) {
    return { ...about, obstacles: obstaclesIn(error), graph: undefined };
  }
};
