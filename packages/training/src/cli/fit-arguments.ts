import type { FitOptions, GivenSettings } from '../fit/fit-options.ts';

/** The flag of each setting: what `fit-flags.ts` reads, the other way round. */
const SETTING_FLAGS: Readonly<Record<keyof GivenSettings, string>> = {
  epochs: '--epochs',
  stepsPerEpoch: '--steps',
  batchSize: '--batch',
  validationSteps: '--validation-steps',
  optimizer: '--optimizer',
  learningRate: '--lr',
  momentum: '--momentum',
  schedule: '--schedule',
  warmupEpochs: '--warmup',
  decayEveryEpochs: '--decay-every',
  decayFactor: '--decay-factor',
  weightDecay: '--weight-decay',
  loss: '--loss',
  labelSmoothing: '--label-smoothing',
  ownLabelsWeight: '--own-labels-weight',
  ownLabelsSmoothing: '--own-labels-smoothing',
  distillation: '--distillation',
  emaDecay: '--ema',
  patience: '--patience',
  stopAtAccuracy: '--stop-at',
  precision: '--precision',
  augment: '--augment',
  cropPx: '--crop',
  mixupAlpha: '--mixup',
};

const DATA_FLAGS = {
  data: '--data',
  votes: '--votes',
  protocol: '--protocol',
  exclude: '--exclude',
  keepDuplicates: '--keep-duplicates',
  ownLabels: '--own-labels',
  init: '--init',
  teachers: '--teacher',
  architecture: '--arch',
  seed: '--seed',
} as const satisfies Record<keyof Omit<FitOptions, 'settings'>, string>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A flag and its values; a flag alone where it is true. Lists, which are of names, are words of their own. */
const words = (flag: string, value: unknown): string[] => {
  if (value === undefined || value === null || value === false) return [];
  if (value === true) return [flag];
  return [flag, ...(Array.isArray(value) ? value : [value]).map((part) => textOf(part))];
};

const argumentsFrom = (values: object, flags: Readonly<Record<string, string>>): string[] =>
  Object.entries(flags).flatMap(([name, flag]) =>
    words(flag, (values as Readonly<Record<string, unknown>>)[name]),
  );

/** The arguments that give `fit` these options. */
export const fitArguments = ({ settings, ...rest }: FitOptions): string[] => [
  ...argumentsFrom(rest, DATA_FLAGS),
  ...argumentsFrom(settings, SETTING_FLAGS),
];
