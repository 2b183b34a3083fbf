import type { NativeTensor } from '../../native-backend.ts';
import { fieldsOf, hasActivation, type NativeCall, type NativeLayer } from '../native-layer.ts';

const ACTIVATIONS = {
  relu: ['Relu', 'ReluGrad'],
  sigmoid: ['Sigmoid', 'SigmoidGrad'],
} as const;

const activate = ({ ops, layer }: NativeCall, x: NativeTensor) => {
  const name = fieldsOf(layer).activation?.getClassName() ?? 'linear';
  if (!(name in ACTIVATIONS)) return { y: x, differentiate: (gradient: NativeTensor) => gradient };
  const [forward, backward] = ACTIVATIONS[name as keyof typeof ACTIVATIONS];
  const y = ops.simple(forward, x);
  return {
    y,
    differentiate: (gradient: NativeTensor) =>
      backward === 'ReluGrad' ? ops.simple(backward, gradient, y) : ops.simple(backward, y, gradient),
  };
};

/** A dense layer with bias on float32 vectors; linear, ReLU or sigmoid. */
export const nativeDense: NativeLayer = {
  accepts: (layer, input) =>
    input.length === 2 &&
    fieldsOf(layer).useBias === true &&
    hasActivation(layer, 'linear', 'relu', 'sigmoid'),
  run(call) {
    const { ops, inputs, needsGradient, weight, addGradient } = call;
    const [x] = inputs as [NativeTensor];
    const kernel = weight(0);
    const { y, differentiate } = activate(call, ops.simple('AddV2', ops.matMul(x, kernel), weight(1)));
    return {
      output: y,
      backward: (dy) => {
        const gradient = differentiate(dy);
        addGradient(0, ops.matMul(x, gradient, true));
        addGradient(1, ops.reduce('Sum', gradient, [0]));
        return [needsGradient[0] === true ? ops.matMul(gradient, kernel, false, true) : undefined];
      },
    };
  },
};
