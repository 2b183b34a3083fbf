import { createRequire } from 'node:module';
import {
  MODEL_CARD_SCHEMA_VERSION,
  parseTrainedModelCard,
  type Evaluation,
  type TrainedModelCard,
} from '@mien/contract';
import tf from '@tensorflow/tfjs';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import type { FitOptions } from './fit-options.ts';
import type { EpochRecord } from './history.ts';
import type { Recipe } from './recipe.ts';

/** The models that a model comes from, by the names in their cards. */
export interface Lineage {
  /** Whose weights the training started from. */
  readonly startedFrom?: string | undefined;
  /** Whose answers it learnt beside the labels. */
  readonly teachers?: readonly string[] | undefined;
}

/** What is known of one head. */
export interface HeadFigures {
  readonly calibration: TrainedModelCard['calibration'];
  readonly evaluation: readonly Evaluation[];
}

/** What a card is written from. */
export interface MakeCardParams {
  readonly name: string;
  readonly options: FitOptions;
  readonly recipe: Recipe;
  readonly dataset: ImageDataset;
  readonly model: tf.LayersModel;
  readonly history: readonly EpochRecord[];
  readonly best: EpochRecord;
  /** Calibration and figures of each head, in the order of the model's outputs. */
  readonly heads: readonly HeadFigures[];
  readonly backend: string;
  readonly lineage?: Lineage | undefined;
}

const packageVersions = (): Record<string, string> => {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  return { '@mien/training': version, '@tensorflow/tfjs': tf.version.tfjs, node: process.versions.node };
};

const licenceOf = (kind: ImageDataset['kind']): TrainedModelCard['licence'] =>
  kind === 'synthetic'
    ? { weights: 'Apache-2.0', data: 'Apache-2.0 (drawn by this project, no photographs)' }
    : {
        weights: 'not stated; whoever trained the model decides',
        data: 'not stated; see where the images came from',
      };

const limitsOf = ({ kind, name }: ImageDataset): string[] => [
  ...(kind === 'synthetic'
    ? ['Trained on drawn faces alone: it shows that the pipeline works and knows little of real photographs.']
    : [`Knows faces like those of ${name}; other cameras, ages, skin tones and cultures may fare worse.`]),
  'Takes one upright, tightly cropped face; does not find faces and does not know when there is none.',
  'Tells what an expression looks like to people, not what somebody feels.',
];

/** How many training images were left out, for whatever reason. */
const excludedFrom = ({ duplicatesLeftOut, listedLeftOut }: ImageDataset): { excluded?: number } =>
  duplicatesLeftOut === undefined && listedLeftOut === undefined
    ? {}
    : { excluded: (duplicatesLeftOut ?? 0) + (listedLeftOut ?? 0) };

const trainingOf = (params: MakeCardParams): TrainedModelCard['training'] => {
  const { options, recipe, dataset, model, history, best, backend } = params;
  const { votes, protocol } = options;
  const { startedFrom, teachers } = params.lineage ?? {};
  return {
    architecture: options.architecture,
    parameters: model.countParams(),
    dataset: {
      name: dataset.name,
      kind: dataset.kind,
      fingerprint: dataset.fingerprint,
      trainImages: dataset.train.count,
      validationImages: dataset.validation.count,
    },
    ...excludedFrom(dataset),
    seed: options.seed,
    epochs: history.length,
    recipe: {
      ...recipe,
      keptEpoch: best.epoch,
      ...(votes === undefined ? {} : { votes: true }),
      ...(protocol === undefined ? {} : { protocol }),
      ...(startedFrom === undefined ? {} : { startedFrom }),
      ...(teachers === undefined ? {} : { teachers }),
    },
    backend,
    packages: packageVersions(),
    seconds: Math.round(history.reduce((sum, { seconds }) => sum + seconds, 0)),
    finishedAt: new Date().toISOString(),
  };
};

/**
 * Writes down what is known of a trained model.
 *
 * @throws {InvalidModelCardError} when a figure is impossible, which would be a defect.
 */
export const makeCard = (params: MakeCardParams): TrainedModelCard => {
  const { name, dataset, model, heads } = params;
  const [main, ...others] = heads as [HeadFigures, ...HeadFigures[]];
  const { widthPx, heightPx, channels } = dataset;
  return parseTrainedModelCard({
    schemaVersion: MODEL_CARD_SCHEMA_VERSION,
    name,
    labels: [...dataset.labels],
    input: { widthPx, heightPx, channels, colour: channels === 1 ? 'gray' : 'rgb', range: [0, 255] },
    calibration: main.calibration,
    training: trainingOf(params),
    evaluation: [...main.evaluation],
    ...(others.length === 0
      ? {}
      : {
          otherHeads: others.map(({ calibration, evaluation }, index) => ({
            output: model.outputs[index + 1]?.sourceLayer.name,
            labels: [...(dataset.ownLabels ?? [])],
            calibration,
            evaluation: [...evaluation],
          })),
        }),
    licence: licenceOf(dataset.kind),
    intendedUse:
      'Naming the expression of one cropped face, to study or to build on. Not for judging people: no hiring, ' +
      'policing, schooling, insurance or health decisions.',
    limits: limitsOf(dataset),
  });
};
