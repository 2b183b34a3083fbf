import { mixSeed } from '@mien/contract';
import tf from '@tensorflow/tfjs';

/** Channels are squeezed to one in 16, as in Hu et al. 2018. */
const SQUEEZE = 16;

/** PyTorch's 0.1, in the other direction: running statistics that follow within tens of steps. */
const BATCH_NORM = { momentum: 0.9, epsilon: 1e-5 };

/** The pieces of a residual network, each drawing its weights from a seed of its own. */
export interface ResidualBlocks {
  /** 3×3 convolution without bias, batch normalisation, ReLU; same size. */
  convBnRelu(features: tf.SymbolicTensor, name: string, filters: number): tf.SymbolicTensor;
  /** Two 3×3 convolutions and squeeze-and-excitation beside a shortcut (1×1 where the channels change); same size. */
  residual(features: tf.SymbolicTensor, name: string, filters: number): tf.SymbolicTensor;
}

/** Makes the blocks of one network; layers are numbered in the order in which they are made. */
export const createResidualBlocks = (seed: number): ResidualBlocks => {
  let layers = 0;
  const initializer = () => tf.initializers.heNormal({ seed: mixSeed(seed, ++layers) });
  const apply = (
    layer: tf.layers.Layer,
    features: tf.SymbolicTensor | tf.SymbolicTensor[],
  ): tf.SymbolicTensor => layer.apply(features) as tf.SymbolicTensor;
  const relu = (features: tf.SymbolicTensor, name: string) =>
    apply(tf.layers.activation({ name: `${name}_relu`, activation: 'relu' }), features);
  const convBn = (features: tf.SymbolicTensor, name: string, filters: number, kernelSize = 3) => {
    const conv = tf.layers.conv2d({
      name: `${name}_conv`,
      filters,
      kernelSize,
      padding: 'same',
      useBias: false,
      kernelInitializer: initializer(),
    });
    return apply(tf.layers.batchNormalization({ name: `${name}_bn`, ...BATCH_NORM }), apply(conv, features));
  };
  const convBnRelu = (features: tf.SymbolicTensor, name: string, filters: number) =>
    relu(convBn(features, name, filters), name);
  const dense = (name: string, units: number, activation: 'relu' | 'sigmoid') =>
    tf.layers.dense({ name, units, activation, kernelInitializer: initializer() });
  const squeezeExcite = (features: tf.SymbolicTensor, name: string, filters: number) => {
    const squeezed = apply(tf.layers.globalAveragePooling2d({ name: `${name}_squeeze` }), features);
    const reduced = apply(dense(`${name}_reduce`, filters / SQUEEZE, 'relu'), squeezed);
    const gates = apply(dense(`${name}_gates`, filters, 'sigmoid'), reduced);
    const spread = apply(tf.layers.reshape({ name: `${name}_spread`, targetShape: [1, 1, filters] }), gates);
    return apply(tf.layers.multiply({ name: `${name}_excite` }), [features, spread]);
  };
  const residual = (features: tf.SymbolicTensor, name: string, filters: number) => {
    const inner = convBn(convBnRelu(features, `${name}_1`, filters), `${name}_2`, filters);
    const gated = squeezeExcite(inner, name, filters);
    const isSameWidth = features.shape.at(-1) === filters;
    const shortcut = isSameWidth ? features : convBn(features, `${name}_shortcut`, filters, 1);
    return relu(apply(tf.layers.add({ name: `${name}_add` }), [gated, shortcut]), name);
  };
  return { convBnRelu, residual };
};
