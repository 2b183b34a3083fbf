import type { BackendName } from '../backend/select-backend.ts';
import type { Protocol } from '../dataset/protocol.ts';
import type { FitOptions, GivenSettings } from '../fit/fit-options.ts';
import type { RunMode } from '../fit/plan-run.ts';

/** What a command line says of what a model is made of. */
export interface ModelFlags {
  readonly data?: string;
  readonly votes?: string;
  readonly protocol?: Protocol;
  readonly ownLabels?: string;
  readonly exclude?: string;
  readonly keepDuplicates?: true;
  readonly ownLabelsWeight?: number;
  readonly ownLabelsSmoothing?: number;
  readonly init?: string;
  readonly teacher?: readonly string[];
  readonly distillation?: number;
  readonly arch: string;
  readonly epochs?: number;
  readonly steps?: number;
  readonly batch?: number;
  readonly validationSteps?: number;
  readonly optimizer?: GivenSettings['optimizer'];
  readonly lr?: number;
  readonly momentum?: number;
  readonly schedule?: GivenSettings['schedule'];
  readonly warmup?: number;
  readonly decayEvery?: number;
  readonly decayFactor?: number;
  readonly weightDecay?: number;
  readonly loss?: GivenSettings['loss'];
  readonly labelSmoothing?: number;
  readonly ema?: number;
  readonly patience?: number;
  readonly stopAt?: number;
  readonly precision?: GivenSettings['precision'];
  readonly augment?: GivenSettings['augment'];
  readonly crop?: number;
  readonly mixup?: number;
  readonly seed: number;
}

/** What the command line of `fit` says. */
export interface FitFlags extends ModelFlags {
  readonly workers: number;
  readonly backend: BackendName;
  readonly out?: string;
  readonly resume?: true;
  readonly acceptNewCode?: true;
  readonly fresh?: true;
  readonly cacheDir: string;
  readonly verbose?: true;
}

const settingsOf = (given: ModelFlags): GivenSettings => {
  const all = {
    epochs: given.epochs,
    stepsPerEpoch: given.steps,
    batchSize: given.batch,
    validationSteps: given.validationSteps,
    optimizer: given.optimizer,
    learningRate: given.lr,
    momentum: given.momentum,
    schedule: given.schedule,
    warmupEpochs: given.warmup,
    decayEveryEpochs: given.decayEvery,
    decayFactor: given.decayFactor,
    weightDecay: given.weightDecay,
    loss: given.loss,
    labelSmoothing: given.labelSmoothing,
    ownLabelsWeight: given.ownLabelsWeight,
    ownLabelsSmoothing: given.ownLabelsSmoothing,
    distillation: given.distillation,
    emaDecay: given.ema,
    patience: given.patience,
    stopAtAccuracy: given.stopAt,
    precision: given.precision,
    augment: given.augment,
    cropPx: given.crop,
    mixupAlpha: given.mixup,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

/** What the model is to be made of. */
export const optionsOf = (given: ModelFlags): FitOptions => ({
  ...(given.data === undefined ? {} : { data: given.data }),
  ...(given.votes === undefined ? {} : { votes: given.votes }),
  ...(given.protocol === undefined ? {} : { protocol: given.protocol }),
  ...(given.ownLabels === undefined ? {} : { ownLabels: given.ownLabels }),
  ...(given.exclude === undefined ? {} : { exclude: given.exclude }),
  ...(given.init === undefined ? {} : { init: given.init }),
  ...(given.teacher === undefined ? {} : { teachers: given.teacher }),
  ...(given.keepDuplicates === undefined ? {} : { keepDuplicates: given.keepDuplicates }),
  architecture: given.arch,
  seed: given.seed,
  settings: settingsOf(given),
});

/** What to do about an earlier run. */
export const modeOf = ({ resume, acceptNewCode, fresh }: FitFlags): RunMode => {
  if (fresh === true) return 'fresh';
  return resume === true || acceptNewCode === true ? 'resume' : 'new';
};
