import { RESIDUAL_RECIPE } from '../augment/augment-recipe.ts';
import type { ErasingOptions } from '../augment/random-erasing.ts';
import type { GivenSettings } from '../fit/fit-options.ts';
import type { Recipe } from '../fit/recipe.ts';
import { roundValue, type Domain } from './domain.ts';
import { scaleAugmentation } from './scale-augmentation.ts';

/** One setting that a search can vary. */
export interface Axis {
  /** Its name in `--space`. */
  readonly name: string;
  /** Its name in tables, where columns are narrow. */
  readonly label: string;
  readonly description: string;
  readonly isWhole: boolean;
  /** What it is drawn from where nothing is said, around a recipe; undefined: only on demand. */
  readonly defaultDomain?: (recipe: Recipe) => Domain;
  /** What it is in a recipe that is trained as it stands. */
  valueIn(recipe: Recipe): number;
  /** Tells whether settings given by hand decide it already. */
  isFixedBy(settings: GivenSettings): boolean;
  /**
   * Sets it.
   *
   * @param recipe what the settings come to without the search.
   */
  apply(settings: GivenSettings, value: number, recipe: Recipe): GivenSettings;
}

type NumberSetting =
  | 'learningRate'
  | 'momentum'
  | 'weightDecay'
  | 'labelSmoothing'
  | 'ownLabelsWeight'
  | 'ownLabelsSmoothing'
  | 'distillation'
  | 'emaDecay'
  | 'warmupEpochs';

/** An axis that is a setting of the recipe as it stands. */
const settingAxis = (
  name: NumberSetting,
  label: string,
  description: string,
  defaultDomain?: Axis['defaultDomain'],
): Axis => ({
  name,
  label,
  description,
  isWhole: false,
  ...(defaultDomain === undefined ? {} : { defaultDomain }),
  valueIn: (recipe) => recipe[name] ?? 0,
  isFixedBy: (settings) => settings[name] !== undefined,
  apply: (settings, value) => ({ ...settings, [name]: value }),
});

/** Decoupled decay is multiplied by the learning rate, which is small with Adam. */
const weightDecayDomain = ({ optimizer }: Recipe): Domain => [
  0,
  optimizer === 'adamw' ? { from: 1e-3, to: 0.3, scale: 'log' } : { from: 1e-5, to: 5e-3, scale: 'log' },
];

const augmentation: Axis = {
  name: 'augmentation',
  label: 'augment',
  description: "factor on the recipe's ranges: turns, shifts, zoom, light",
  isWhole: false,
  defaultDomain: () => [{ from: 0.25, to: 1.75, scale: 'linear' }],
  valueIn: () => 1,
  isFixedBy: () => false,
  apply: (settings, value, recipe) => ({
    ...settings,
    augment: { ...settings.augment, ...scaleAugmentation(recipe.augment, value) },
  }),
};

const mixup: Axis = {
  name: 'mixup',
  label: 'mixup',
  description: 'α of the Beta distribution that mixes pairs of images; 0 is off',
  isWhole: false,
  defaultDomain: () => [0, 0.1, 0.2, 0.4],
  valueIn: ({ augment }) => augment.mixupAlpha,
  isFixedBy: ({ mixupAlpha }) => mixupAlpha !== undefined,
  apply: (settings, value) => ({ ...settings, mixupAlpha: value }),
};

const erasing: Axis = {
  name: 'erasing',
  label: 'erasing',
  description: 'share of the images that lose a rectangle; 0 is off',
  isWhole: false,
  defaultDomain: () => [{ from: 0, to: 0.5, scale: 'linear' }],
  valueIn: ({ augment }) => augment.erasing?.probability ?? 0,
  isFixedBy: () => false,
  apply: (settings, value, recipe) => {
    const ranges = (recipe.augment.erasing ?? RESIDUAL_RECIPE.erasing) as ErasingOptions;
    const changed = value === 0 ? null : { ...ranges, probability: value };
    return { ...settings, augment: { ...settings.augment, erasing: changed } };
  },
};

/** As many batches of another size as hold the same number of images; `null` is all images anyway. */
const rescaledCount = (count: number | null, recipe: Recipe, batchSize: number): number | null =>
  count === null ? null : Math.max(1, Math.round((count * recipe.batchSize) / batchSize));

const batchSize: Axis = {
  name: 'batchSize',
  label: 'batch',
  description: 'images per step; an epoch keeps its number of images',
  isWhole: true,
  defaultDomain: (recipe) => [
    Math.max(1, Math.round(recipe.batchSize / 2)),
    recipe.batchSize,
    recipe.batchSize * 2,
  ],
  valueIn: (recipe) => recipe.batchSize,
  isFixedBy: (settings) => settings.batchSize !== undefined,
  apply: (settings, value, recipe) => {
    const stepsPerEpoch = rescaledCount(recipe.stepsPerEpoch, recipe, value);
    const validationSteps = rescaledCount(recipe.validationSteps, recipe, value);
    return {
      ...settings,
      batchSize: value,
      ...(stepsPerEpoch === null ? {} : { stepsPerEpoch }),
      ...(validationSteps === null ? {} : { validationSteps }),
    };
  },
};

/** Everything that a search can vary, in the order in which it is applied and shown. To add one is to add a line. */
export const AXES: readonly Axis[] = [
  settingAxis('learningRate', 'lr', 'peak learning rate', ({ learningRate }) => [
    { from: roundValue(learningRate / 10), to: roundValue(learningRate * 3), scale: 'log' },
  ]),
  settingAxis('weightDecay', 'decay', 'weight decay on kernels; 0 is off', weightDecayDomain),
  batchSize,
  settingAxis('labelSmoothing', 'smoothing', 'share of each target spread over all classes', () => [
    { from: 0, to: 0.15, scale: 'linear' },
  ]),
  augmentation,
  mixup,
  erasing,
  settingAxis('emaDecay', 'ema', 'decay of the averaged weights'),
  settingAxis('momentum', 'momentum', 'for momentum and nesterov'),
  settingAxis('warmupEpochs', 'warmup', 'epochs over which the learning rate rises'),
  settingAxis('ownLabelsWeight', 'own weight', "the second output's part in the loss"),
  settingAxis('ownLabelsSmoothing', 'own smoothing', 'label smoothing of the second output'),
  settingAxis('distillation', 'distil', 'what the teachers say, as a share of the targets'),
];

/** The axis of a name; undefined where there is none. */
export const findAxis = (name: string): Axis | undefined => AXES.find((axis) => axis.name === name);
