import type { NativeTensor } from '../../native-backend.ts';
import { NATIVE_TYPES } from '../../native-backend.ts';
import { fieldsOf, type NativeLayer } from '../native-layer.ts';
import type { NativeOps } from '../native-ops.ts';

const HALVING = {
  ksize: [1, 2, 2, 1],
  strides: [1, 2, 2, 1],
  padding: 'VALID',
  data_format: 'NHWC',
} as const;

const acceptsHalving: NativeLayer['accepts'] = (layer) => {
  const { poolSize, strides, padding, dataFormat = 'channelsLast' } = fieldsOf(layer);
  const isTwo = (values: readonly number[] | undefined) => values?.every((value) => value === 2) === true;
  return isTwo(poolSize) && isTwo(strides) && padding === 'valid' && dataFormat === 'channelsLast';
};

/** Repeats every pixel over the 2 × 2 that it was pooled from: the gradient of average pooling, without its quarter. */
const spread = (ops: NativeOps, pooled: NativeTensor, shape: readonly number[]): NativeTensor => {
  const { dtype } = pooled;
  const four = ops.simple('Mul', pooled, ops.scalar(4, dtype));
  return ops.run('AvgPoolGrad', String(dtype), () => ({ ...HALVING, T: dtype }), [ops.integers(shape), four]);
};

/**
 * 2 × 2 max-pooling. TensorFlow's own gradient of it runs in one slow loop (8 ms for `[64, 44, 44, 32]`, more than
 * the convolution behind it); comparing every pixel with its maximum, spread back, takes a fifth. Where several pixels
 * share the maximum (in even areas, and by rounding in bfloat16), they share the gradient; TensorFlow picks the first.
 */
export const nativeMaxPooling: NativeLayer = {
  accepts: acceptsHalving,
  run({ ops, inputs, needsGradient }) {
    const [x] = inputs as [NativeTensor];
    const { dtype } = x;
    const halving = () => ({ ...HALVING, T: dtype });
    const output = ops.run('MaxPool', String(dtype), halving, [x]);
    return {
      output,
      backward: (gradient) => {
        if (needsGradient[0] !== true) return [undefined];
        const attributes = () => ({ T: dtype, incompatible_shape_error: true });
        const isMaximum = ops.run('Equal', String(dtype), attributes, [x, spread(ops, output, x.shape)]);
        const shares = ops.cast(isMaximum, dtype);
        // A quarter of the number of pixels that share each maximum; the spreading has the other factor of four.
        const sharing = ops.run('AvgPool', String(dtype), halving, [shares]);
        const share = ops.simple('RealDiv', gradient, ops.simple('Mul', sharing, ops.scalar(4, dtype)));
        return [ops.simple('Mul', shares, spread(ops, share, x.shape))];
      },
    };
  },
};

/** 2 × 2 average pooling. */
export const nativeAveragePooling: NativeLayer = {
  accepts: acceptsHalving,
  run({ ops, inputs, needsGradient }) {
    const [x] = inputs as [NativeTensor];
    const { dtype } = x;
    const attributes = () => ({ ...HALVING, T: dtype });
    return {
      output: ops.run('AvgPool', String(dtype), attributes, [x]),
      backward: (gradient) => [
        needsGradient[0] === true
          ? ops.run('AvgPoolGrad', String(dtype), attributes, [ops.integers(x.shape), gradient])
          : undefined,
      ],
    };
  },
};

/** The mean over each channel's pixels; gives float32 `[N, channels]`. */
export const nativeGlobalAverage: NativeLayer = {
  accepts: (layer) => (fieldsOf(layer).dataFormat ?? 'channelsLast') === 'channelsLast',
  run({ ops, inputs, needsGradient }) {
    const [x] = inputs as [NativeTensor];
    const [images = 1, rows = 1, columns = 1, channels = 1] = x.shape;
    return {
      output: ops.cast(ops.reduce('Mean', x, [1, 2]), NATIVE_TYPES.float32),
      backward: (gradient) => {
        if (needsGradient[0] !== true) return [undefined];
        const share = ops.simple('Mul', gradient, ops.scalar(1 / (rows * columns)));
        // [N, 1, 1, channels]: what it is added to, or computed with, broadcasts it.
        return [ops.cast(ops.reshape(share, [images, 1, 1, channels]), x.dtype)];
      },
    };
  },
};
