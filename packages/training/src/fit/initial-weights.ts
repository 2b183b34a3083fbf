import { headsOf, MienError } from '@mien/contract';
import type tf from '@tensorflow/tfjs';
import { loadTrainedModel, type TrainedModel } from '../evaluate/load-trained-model.ts';

/** A model to start from has no layer in common with the network that is to be trained. */
export class NoCommonLayersError extends MienError {
  override readonly name = 'NoCommonLayersError';
  constructor(
    readonly folder: string,
    readonly architecture: string,
  ) {
    super(
      `Cannot start from ${folder}: none of its layers fits the network "${architecture}". ` +
        'Name the architecture that it was trained with (--arch), or leave --init out.',
    );
  }
}

/** What a network took over. */
export interface InitialWeights {
  /** The name of the model that it started from. */
  readonly name: string;
  /** Layers that start anew, e.g. heads of other classes. */
  readonly fresh: readonly string[];
}

/** The labels of each output of a trained model, by its layer's name. */
const labelsOf = ({ model, card }: TrainedModel): Map<string, string> => {
  const heads = headsOf(card);
  return new Map(
    model.outputs.map(({ sourceLayer }, index) => [sourceLayer.name, heads[index]?.labels.join(', ') ?? '']),
  );
};

const shapesOf = (layer: tf.layers.Layer): string => JSON.stringify(layer.weights.map(({ shape }) => shape));

/**
 * Lets a network start from a trained model: every layer that has the same name and the same shapes there takes over
 * its weights and statistics, the others keep theirs; a head does so only where its labels are the same. This is how a
 * model is fitted to few images of one's own.
 *
 * @param heads labels of each of the network's outputs.
 * @param folder of the trained model: `model.json`, its weights, `card.json`.
 * @throws {NoCommonLayersError} when no layer fits.
 * @throws what `loadTrainedModel` throws.
 */
export const takeInitialWeights = async (
  model: tf.LayersModel,
  heads: readonly (readonly string[])[],
  folder: string,
): Promise<InitialWeights> => {
  const trained = await loadTrainedModel(folder);
  try {
    const theirs = new Map(trained.model.layers.map((layer) => [layer.name, layer]));
    const weighted = model.layers.filter((layer) => layer.weights.length > 0);
    const theirLabels = labelsOf(trained);
    const fits = (layer: tf.layers.Layer): boolean => {
      const other = theirs.get(layer.name);
      if (other === undefined || shapesOf(other) !== shapesOf(layer)) return false;
      const head = model.outputs.findIndex(({ sourceLayer }) => sourceLayer === layer);
      return head === -1 || theirLabels.get(layer.name) === heads[head]?.join(', ');
    };
    const common = weighted.filter(fits);
    if (common.length === 0) throw new NoCommonLayersError(folder, model.name);
    for (const layer of common) layer.setWeights((theirs.get(layer.name) as tf.layers.Layer).getWeights());
    const fresh = weighted.filter((layer) => !common.includes(layer)).map(({ name }) => name);
    return { name: trained.card.name, fresh };
  } finally {
    trained.model.dispose();
  }
};
