import { activationLayers } from './activation.ts';
import { convolutionLayers } from './convolution.ts';
import { convolutionalRecurrentLayers } from './convolutional-recurrent.ts';
import { denseLayers } from './dense.ts';
import type { LayerConverter, LayerConverters } from './layer-call.ts';
import { maskingLayers } from './masking.ts';
import { mergeLayers } from './merge.ts';
import { normalizationLayers } from './normalization.ts';
import { poolingLayers } from './pooling.ts';
import { preparationLayers } from './preparation.ts';
import { recurrentLayers } from './recurrent.ts';
import { sequenceLayers } from './sequence.ts';
import { shapeLayers } from './shape-layers.ts';
import { upscalingLayers } from './upscaling.ts';
import { vectorLayers } from './vectors.ts';
import { wrapperLayers } from './wrappers.ts';

export { UnsupportedOpError } from './layer-call.ts';

const pass: LayerConverter = (call) => call.input;

/** Layers that do something in training alone. */
const trainingLayers: LayerConverters = {
  AlphaDropout: pass,
  Dropout: pass,
  GaussianDropout: pass,
  GaussianNoise: pass,
  InputLayer: pass,
  SpatialDropout1D: pass,
};

/** Every layer that can be converted, by its class name in model.json. */
export const layerConverters: LayerConverters = {
  ...activationLayers,
  ...convolutionLayers,
  ...convolutionalRecurrentLayers,
  ...denseLayers,
  ...maskingLayers,
  ...mergeLayers,
  ...normalizationLayers,
  ...poolingLayers,
  ...preparationLayers,
  ...recurrentLayers,
  ...sequenceLayers,
  ...shapeLayers,
  ...upscalingLayers,
  ...vectorLayers,
  ...wrapperLayers,
  ...trainingLayers,
};
