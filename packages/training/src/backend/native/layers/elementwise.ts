import type tf from '@tensorflow/tfjs';
import type { NativeTensor } from '../../native-backend.ts';
import { NATIVE_TYPES } from '../../native-backend.ts';
import { fieldsOf, hasActivation, type NativeLayer } from '../native-layer.ts';

/** ReLU as a layer of its own. */
export const nativeRelu: NativeLayer = {
  accepts: (layer) => hasActivation(layer, 'relu'),
  run({ ops, inputs, needsGradient }) {
    const output = ops.simple('Relu', inputs[0] as NativeTensor);
    return {
      output,
      backward: (gradient) => [
        needsGradient[0] === true ? ops.simple('ReluGrad', gradient, output) : undefined,
      ],
    };
  },
};

/** The sum of two tensors of one shape. */
export const nativeAdd: NativeLayer = {
  accepts: (layer) =>
    layer.inboundNodes.every(({ inputShapes }) => {
      const [a, b] = inputShapes as readonly tf.Shape[];
      return inputShapes.length === 2 && String(a) === String(b);
    }),
  run: ({ ops, inputs: [a, b], needsGradient }) => ({
    output: ops.simple('AddV2', a as NativeTensor, b as NativeTensor),
    backward: (gradient) => needsGradient.map((isNeeded) => (isNeeded ? gradient : undefined)),
  }),
};

/** Images, each channel multiplied by a number of its own: `[N, H, W, C]` and `[N, 1, 1, C]`. */
export const nativeGate: NativeLayer = {
  accepts: (layer) =>
    layer.inboundNodes.every(({ inputShapes }) => {
      const [image, gates] = inputShapes as readonly tf.Shape[];
      return (
        inputShapes.length === 2 &&
        image?.length === 4 &&
        gates?.length === 4 &&
        gates[1] === 1 &&
        gates[2] === 1 &&
        gates[3] === image[3]
      );
    }),
  run({ ops, inputs, needsGradient }) {
    const [image, gates] = inputs as [NativeTensor, NativeTensor];
    return {
      output: ops.simple('Mul', image, gates),
      backward: (gradient) => [
        needsGradient[0] === true ? ops.simple('Mul', gradient, gates) : undefined,
        needsGradient[1] === true
          ? ops.reduce('Sum', ops.simple('Mul', gradient, image), [1, 2], true)
          : undefined,
      ],
    };
  },
};

/** Another shape. Images that come of it get the images' type, everything else is float32. */
export const nativeReshape: NativeLayer = {
  accepts: () => true,
  run({ ops, layer, inputs, needsGradient, imageType }) {
    const [x] = inputs as [NativeTensor];
    const shape = [x.shape[0] ?? 1, ...(fieldsOf(layer).targetShape ?? [])];
    const type = shape.length === 4 ? imageType : NATIVE_TYPES.float32;
    return {
      output: ops.cast(ops.reshape(x, shape), type),
      backward: (gradient) => [
        needsGradient[0] === true ? ops.cast(ops.reshape(gradient, x.shape), x.dtype) : undefined,
      ],
    };
  },
};

/** `x · scale + offset` on pixels, which come as float32 and leave in the images' type. */
export const nativeRescaling: NativeLayer = {
  accepts: () => true,
  run({ ops, layer, inputs, needsGradient, imageType }) {
    const { scale = 1, offset = 0 } = fieldsOf(layer);
    const scaled = ops.simple('Mul', inputs[0] as NativeTensor, ops.scalar(Number(scale)));
    return {
      output: ops.cast(ops.simple('AddV2', scaled, ops.scalar(offset)), imageType),
      backward: (gradient) => [
        needsGradient[0] === true
          ? ops.simple('Mul', ops.cast(gradient, NATIVE_TYPES.float32), ops.scalar(Number(scale)))
          : undefined,
      ],
    };
  },
};
