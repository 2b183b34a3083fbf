import { nativeBatchNormalization } from './layers/batch-normalization.ts';
import { nativeConvolution } from './layers/convolution.ts';
import { nativeDense } from './layers/dense.ts';
import { nativeAdd, nativeGate, nativeRelu, nativeRescaling, nativeReshape } from './layers/elementwise.ts';
import { nativeAveragePooling, nativeGlobalAverage, nativeMaxPooling } from './layers/pooling.ts';
import type { NativeLayer } from './native-layer.ts';

/** How each layer is computed, by its class name. */
export const nativeLayers: Readonly<Record<string, NativeLayer>> = {
  Activation: nativeRelu,
  Add: nativeAdd,
  AveragePooling2D: nativeAveragePooling,
  BatchNormalization: nativeBatchNormalization,
  Conv2D: nativeConvolution,
  Dense: nativeDense,
  GlobalAveragePooling2D: nativeGlobalAverage,
  MaxPooling2D: nativeMaxPooling,
  Multiply: nativeGate,
  Rescaling: nativeRescaling,
  Reshape: nativeReshape,
};
