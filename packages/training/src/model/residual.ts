import { RESIDUAL_RECIPE } from '../augment/augment-recipe.ts';
import type { Architecture } from './architecture.ts';
import { buildResidual, RESIDUAL_INPUT, type ResidualPlan } from './build-residual.ts';

const plan: ResidualPlan = {
  name: 'residual',
  stages: [
    { filters: 32, blocks: 1 },
    { filters: 64, blocks: 1 },
    { filters: 128, blocks: 1 },
    { filters: 256, blocks: 1 },
  ],
  dropout: 0.3,
};

/** A small residual network, see {@link buildResidual}; 1.2 million parameters. */
export const residualArchitecture: Architecture = {
  name: 'residual',
  description: 'residual blocks 32-64-128-256 with squeeze-and-excitation, global pooling; 48×48 gray',
  input: RESIDUAL_INPUT,
  trainsOnCrops: true,
  takesSecondHead: true,
  recipe: {
    epochs: 60,
    stepsPerEpoch: null,
    batchSize: 64,
    validationSteps: null,
    optimizer: 'nesterov',
    learningRate: 0.1,
    momentum: 0.9,
    schedule: 'cosine',
    warmupEpochs: 2,
    weightDecay: 5e-4,
    loss: 'cross-entropy',
    labelSmoothing: 0,
    ownLabelsWeight: 0.5,
    ownLabelsSmoothing: 0.1,
    distillation: 0.5,
    emaDecay: 0.999,
    patience: 0,
    stopAtAccuracy: null,
    precision: 'float32',
    augment: RESIDUAL_RECIPE,
  },
  build: (params) => buildResidual(plan, params),
};
