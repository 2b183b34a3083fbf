import type { TrainedModelCard } from '@mien/contract';
import type * as tf from '@tensorflow/tfjs';
import type { Graph } from '../graph/graph.ts';
import { GRAPH_OUTPUT } from './make-model-card.ts';

/**
 * Names the graph's outputs: the heads that the card lists after their layers, the remaining one, whatever its layer
 * is called, {@link GRAPH_OUTPUT}.
 *
 * @returns in the order of the model's outputs.
 */
export const nameOutputs = (
  { otherHeads = [] }: Pick<TrainedModelCard, 'otherHeads'>,
  { outputs }: Pick<tf.LayersModel, 'outputs'>,
): string[] => {
  const heads = new Set(otherHeads.map(({ output }) => output));
  const layers = outputs.map(({ sourceLayer }) => sourceLayer.name);
  const unlisted = layers.filter((layer) => !heads.has(layer));
  return layers.map((layer) => (unlisted.length === 1 && layer === unlisted[0] ? GRAPH_OUTPUT : layer));
};

/** Puts the main output first, and the others in the order of the card. */
export const orderOutputs = (
  { otherHeads = [] }: Pick<TrainedModelCard, 'otherHeads'>,
  graph: Graph,
): Graph => {
  const names = [GRAPH_OUTPUT, ...otherHeads.map(({ output }) => output)];
  const outputs = graph.outputs.toSorted((one, other) => names.indexOf(one.name) - names.indexOf(other.name));
  return { ...graph, outputs };
};
