import tf from '@tensorflow/tfjs';
import { nativeBackend, type NativeBackend, type OpAttribute } from './native-backend.ts';

type SaveForGradient = (tensors: tf.Tensor[]) => void;
type LayerVariable = { read(): tf.Tensor1D; write(value: tf.Tensor1D): LayerVariable };

/** A batch-normalisation layer with the fields that its typings call private. */
interface BatchNormalization extends tf.layers.Layer {
  readonly gamma: LayerVariable;
  readonly beta: LayerVariable;
  readonly movingMean: LayerVariable;
  readonly movingVariance: LayerVariable;
  readonly momentum: number;
  readonly epsilon: number;
  readonly axis: number;
}

const attributesOf = ({ binding }: NativeBackend, epsilon: number): OpAttribute[] => [
  { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
  { name: 'U', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
  { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
  { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: epsilon },
  { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
];

const asOne = <T extends tf.Tensor>(tensors: T | T[]): T =>
  Array.isArray(tensors) ? (tensors[0] as T) : tensors;

/** `average += (value - average) * (1 - momentum)`, as the layer itself does. */
const follow = (average: LayerVariable, value: tf.Tensor1D, momentum: number): void => {
  const before = average.read();
  average.write(before.sub<tf.Tensor1D>(before.sub(value).mul(1 - momentum)));
};

/** Normalises one batch and differentiates it with one TensorFlow kernel each; updates the running statistics. */
const normalizeBatch = (layer: BatchNormalization, input: tf.Tensor4D): tf.Tensor => {
  const backend = nativeBackend();
  const attributes = attributesOf(backend, layer.epsilon);
  const normalize = tf.customGrad((...args) => {
    const [x, gamma, beta, save] = args as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, SaveForGradient];
    const unused = tf.zeros([0]);
    // Outputs: y, mean, Bessel-corrected variance, then what the gradient wants: mean, plain variance, nothing on a CPU.
    const [y, mean, , savedMean, savedVariance, reserve] = backend.executeMultipleOutputs(
      'FusedBatchNormV3',
      attributes,
      [x, gamma, beta, unused, unused],
      6,
    ) as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor];
    follow(layer.movingMean, mean, layer.momentum);
    follow(layer.movingVariance, savedVariance, layer.momentum);
    save([x, gamma, savedMean, savedVariance, reserve]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] =>
      backend.executeMultipleOutputs('FusedBatchNormGradV3', attributes, [dy, ...saved], 5).slice(0, 3);
    return { value: y, gradFunc };
  });
  return normalize(input, layer.gamma.read(), layer.beta.read());
};

/**
 * Lets a model's batch-normalisation layers train with TensorFlow's fused kernels instead of the chain of small ops
 * that TensorFlow.js composes, whose gradient takes about half of a step. The results are the same to rounding.
 *
 * Does nothing on another backend than `tensorflow`. Call it before the model is applied in training mode.
 */
export const fuseBatchNormalization = (model: tf.LayersModel): void => {
  if (tf.getBackend() !== 'tensorflow') return;
  for (const layer of model.layers) {
    if (layer.getClassName() !== 'BatchNormalization') continue;
    const plainCall = layer.call.bind(layer);
    layer.call = (inputs, options) => {
      const input = asOne(inputs);
      const { axis } = layer as BatchNormalization;
      const isFusable = options['training'] === true && input.rank === 4 && (axis === -1 || axis === 3);
      return isFusable
        ? tf.tidy(() => normalizeBatch(layer as BatchNormalization, input as tf.Tensor4D))
        : plainCall(inputs, options);
    };
  }
};
