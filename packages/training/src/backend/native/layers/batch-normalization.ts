import type { NativeTensor } from '../../native-backend.ts';
import { NATIVE_TYPES } from '../../native-backend.ts';
import { fieldsOf, type NativeLayer } from '../native-layer.ts';

/** Batch normalisation over the channels of images; scale, shift and statistics are float32 whatever the images are. */
export const nativeBatchNormalization: NativeLayer = {
  accepts(layer, input) {
    const { axis, center, scale } = fieldsOf(layer);
    return input.length === 4 && (axis === -1 || axis === 3) && center === true && scale === true;
  },
  run({ ops, layer, inputs, needsGradient, imageType, weight, addGradient, addStatistics }) {
    const [x] = inputs as [NativeTensor];
    const epsilon = fieldsOf(layer).epsilon ?? 1e-3;
    const attributes = () => ({
      T: imageType,
      U: NATIVE_TYPES.float32,
      data_format: 'NHWC',
      epsilon,
      is_training: true,
    });
    const key = `${imageType} ${epsilon}`;
    const gamma = weight(0);
    const { empty } = ops;
    // Outputs: y, mean, Bessel-corrected variance, then what the gradient wants: mean, plain variance, nothing on a CPU.
    const [y, mean, , savedMean, variance, reserve] = ops.runMany(
      'FusedBatchNormV3',
      key,
      attributes,
      [x, gamma, weight(1), empty, empty],
      6,
    ) as [NativeTensor, NativeTensor, NativeTensor, NativeTensor, NativeTensor, NativeTensor];
    addStatistics(mean, variance);
    return {
      output: y,
      backward: (gradient) => {
        const [dx, dGamma, dBeta] = ops.runMany(
          'FusedBatchNormGradV3',
          key,
          attributes,
          [gradient, x, gamma, savedMean, variance, reserve],
          5,
        ) as [NativeTensor, NativeTensor, NativeTensor];
        addGradient(0, dGamma);
        addGradient(1, dBeta);
        return [needsGradient[0] === true ? dx : undefined];
      },
    };
  },
};
