import * as tf from '@tensorflow/tfjs';
import { apply, compareWithTfjs, randomizeWeights, saveModel, stack } from '../agreement.test-support.ts';
import type { ModelFiles } from './model-files.ts';
import { normalizeTopology } from './normalize-topology.ts';

const reference = (): tf.LayersModel => {
  const pixels = tf.input({ shape: [6, 6, 2], name: 'pixels' });
  const conv = apply(tf.layers.conv2d({ filters: 3, kernelSize: 3, name: 'conv' }), pixels);
  const normal = apply(tf.layers.batchNormalization({ name: 'normal' }), conv);
  const active = apply(tf.layers.leakyReLU({ alpha: 0.2, name: 'active' }), normal);
  const joined = apply(tf.layers.add({ name: 'join' }), [conv, active]);
  const outputs = apply(tf.layers.globalAveragePooling2d({ name: 'mean' }), joined);
  return randomizeWeights(tf.model({ inputs: pixels, outputs }));
};

const tensor = (layer: string) => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 4, 4, 3], dtype: 'float32', keras_history: [layer, 0, 0] },
});

const dtype = {
  module: 'keras',
  class_name: 'DTypePolicy',
  config: { name: 'float32' },
  registered_name: null,
};

const layer = (className: string, name: string, config: object, args: unknown[]) => ({
  module: 'keras.layers',
  class_name: className,
  config: { name, trainable: true, dtype, ...config },
  registered_name: null,
  name,
  inbound_nodes: args.length === 0 ? [] : [{ args, kwargs: {} }],
});

/** The reference model as Keras 3's `model.to_json()` lays it out. */
const keras3Topology = {
  module: 'keras.src.models.functional',
  class_name: 'Functional',
  registered_name: 'Functional',
  config: {
    name: 'functional',
    trainable: true,
    layers: [
      layer('InputLayer', 'pixels', { batch_shape: [null, 6, 6, 2], sparse: false }, []),
      layer(
        'Conv2D',
        'conv',
        { filters: 3, kernel_size: [3, 3], strides: [1, 1], padding: 'valid', groups: 1 },
        [tensor('pixels')],
      ),
      layer('BatchNormalization', 'normal', { axis: [3], epsilon: 0.001, synchronized: false }, [
        tensor('conv'),
      ]),
      layer('LeakyReLU', 'active', { negative_slope: 0.2 }, [tensor('normal')]),
      layer('Add', 'join', {}, [[tensor('conv'), tensor('active')]]),
      layer('GlobalAveragePooling2D', 'mean', { data_format: 'channels_last', keepdims: false }, [
        tensor('join'),
      ]),
    ],
    input_layers: ['pixels', 0, 0],
    output_layers: ['mean', 0, 0],
  },
};

describe('normalizeTopology', () => {
  test('lets a Keras 3 topology be converted like the Keras 2 one', async () => {
    const model = reference();
    const { modelJson, weights } = await saveModel(model);
    const keras3: ModelFiles = {
      modelJson: { ...(modelJson as object), modelTopology: keras3Topology },
      weights,
    };
    const { largestDifference, ops } = await compareWithTfjs(model, { files: keras3 });
    expect(largestDifference).toBeLessThan(1e-5);
    expect(ops).not.toContain('Transpose');
  });

  test('gives what tfjs itself saves back as it is', async () => {
    for (const model of [reference(), stack([4], [tf.layers.dense({ units: 2 })])]) {
      const { modelTopology } = (await saveModel(model)).modelJson as {
        modelTopology: Record<string, unknown>;
      };
      expect(normalizeTopology(modelTopology)).toEqual(modelTopology);
    }
  });

  test('reads the oldest Sequential models, whose config is the list of layers', () => {
    const old = { class_name: 'Sequential', config: [{ class_name: 'Dense', config: { dtype, units: 2 } }] };
    expect(normalizeTopology(old)).toEqual({
      class_name: 'Sequential',
      config: [{ class_name: 'Dense', config: { dtype: 'float32', units: 2 } }],
    });
  });
});
