import { RESIDUAL_RECIPE } from '../augment/augment-recipe.ts';
import type { Architecture } from './architecture.ts';
import { buildResidual, type ResidualPlan } from './build-residual.ts';
import { residualArchitecture } from './residual.ts';

/**
 * The weights of a `residual` lie for the most part in its last stage, which sees 5 × 5 pixels. Narrowing that one pays
 * for a second block in the stage before, where they see more.
 */
const plan: ResidualPlan = {
  name: 'expression',
  stages: [
    { filters: 32, blocks: 1 },
    { filters: 64, blocks: 1 },
    { filters: 128, blocks: 2 },
    { filters: 240, blocks: 1 },
  ],
  dropout: 0.3,
};

/** The network of the model that ships, see {@link buildResidual}; 1.4 million parameters. */
export const expressionArchitecture: Architecture = {
  ...residualArchitecture,
  name: 'expression',
  description: 'like residual, deeper in the third stage: 32-64-128-128-240; the model that ships',
  recipe: {
    ...residualArchitecture.recipe,
    batchSize: 128,
    augment: { ...RESIDUAL_RECIPE, cropPx: 44, mixupAlpha: 0.2 },
  },
  build: (params) => buildResidual(plan, params),
};
