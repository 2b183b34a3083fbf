import type { NativeTensor } from '../../native-backend.ts';
import {
  fieldsOf,
  hasActivation,
  type NativeCall,
  type NativeLayer,
  type NativeResult,
} from '../native-layer.ts';

const pair = (value: number | readonly number[] | undefined): readonly [number, number] =>
  typeof value === 'object' ? [value[0] ?? 1, value[1] ?? 1] : [value ?? 1, value ?? 1];

const run = ({
  ops,
  layer,
  inputs,
  needsGradient,
  imageType,
  weight,
  addGradient,
}: NativeCall): NativeResult => {
  const [x] = inputs as [NativeTensor];
  const { strides, padding = 'valid' } = fieldsOf(layer);
  const [rows, columns] = pair(strides);
  const attributes = () => ({
    T: imageType,
    strides: [1, rows, columns, 1],
    padding: padding.toUpperCase(),
    data_format: 'NHWC',
    dilations: [1, 1, 1, 1],
  });
  const key = `${imageType} ${rows} ${columns} ${padding}`;
  const kernel = ops.cast(weight(0), imageType);
  return {
    output: ops.run('Conv2D', key, attributes, [x, kernel]),
    backward: (gradient) => {
      const filterShape = ops.integers(kernel.shape);
      addGradient(0, ops.run('Conv2DBackpropFilter', key, attributes, [x, filterShape, gradient]));
      if (needsGradient[0] !== true) return [undefined];
      const inputShape = ops.integers(x.shape);
      return [ops.run('Conv2DBackpropInput', key, attributes, [inputShape, kernel, gradient])];
    },
  };
};

/** A convolution without bias or activation, as networks with batch normalisation have them. */
export const nativeConvolution: NativeLayer = {
  accepts(layer) {
    const { useBias, dataFormat = 'channelsLast', dilationRate, padding = 'valid' } = fieldsOf(layer);
    return (
      useBias === false &&
      dataFormat === 'channelsLast' &&
      pair(dilationRate).every((rate) => rate === 1) &&
      (padding === 'same' || padding === 'valid') &&
      hasActivation(layer, 'linear')
    );
  },
  run,
};
