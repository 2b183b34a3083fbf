import type { OpConverters } from '../graph-model/op-call.ts';
import { arithmeticOps } from './arithmetic-ops.ts';
import { blockOps } from './block-ops.ts';
import { comparisonOps } from './comparison-ops.ts';
import { controlOps } from './control-ops.ts';
import { convolutionOps } from './convolution-ops.ts';
import { creationOps } from './creation-ops.ts';
import { gatheringOps } from './gathering-ops.ts';
import { imageOps } from './image-ops.ts';
import { joiningOps } from './joining-ops.ts';
import { listAndArrayOps } from './list-ops.ts';
import { mathOps } from './math-ops.ts';
import { matrixOps } from './matrix-ops.ts';
import { normalizationOps } from './normalization-ops.ts';
import { paddingOps } from './padding-ops.ts';
import { poolingOps } from './pooling-ops.ts';
import { randomOps } from './random-ops.ts';
import { reductionOps } from './reduction-ops.ts';
import { selectionOps } from './selection-ops.ts';
import { shapeOps } from './shape-ops.ts';
import { slicingOps } from './slicing-ops.ts';
import { sparseOps } from './sparse-ops.ts';
import { spectralOps } from './spectral-ops.ts';

/** Every TensorFlow operator that can be converted, by its name in model.json. */
export const opConverters: OpConverters = {
  ...arithmeticOps,
  ...blockOps,
  ...comparisonOps,
  ...controlOps,
  ...convolutionOps,
  ...creationOps,
  ...gatheringOps,
  ...imageOps,
  ...joiningOps,
  ...listAndArrayOps,
  ...mathOps,
  ...matrixOps,
  ...normalizationOps,
  ...paddingOps,
  ...poolingOps,
  ...randomOps,
  ...reductionOps,
  ...selectionOps,
  ...shapeOps,
  ...slicingOps,
  ...sparseOps,
  ...spectralOps,
};
