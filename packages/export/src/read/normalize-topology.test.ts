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

const layer = (className: string, name: string, config: object, args: unknown[], kwargs: object = {}) => ({
  module: 'keras.layers',
  class_name: className,
  config: { name, trainable: true, dtype, ...config },
  registered_name: null,
  name,
  inbound_nodes: args.length === 0 ? [] : [{ args, kwargs }],
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

const functional = (layers: unknown[], input: string, output: string) => ({
  name: 'functional',
  trainable: true,
  layers,
  input_layers: [input, 0, 0],
  output_layers: [output, 0, 0],
});

/** Words, read in both directions: Keras 3 spells out the mask, and names the inner layer as it runs forwards. */
const keras3Text = {
  class_name: 'Functional',
  config: functional(
    [
      layer('InputLayer', 'words', { batch_shape: [null, 5] }, []),
      layer('Embedding', 'table', { input_dim: 7, output_dim: 3, mask_zero: true }, [tensor('words')]),
      layer('NotEqual', 'not_equal', {}, [tensor('words'), 0]),
      layer(
        'Bidirectional',
        'both',
        {
          merge_mode: 'concat',
          layer: layer('LSTM', 'forward_steps', { units: 2, recurrent_activation: 'sigmoid' }, []),
        },
        [tensor('table')],
        { mask: tensor('not_equal') },
      ),
    ],
    'words',
    'both',
  ),
};

/** A model inside a model: Keras 3 counts its calls from 0, Keras 2 and tfjs from 1. */
const keras3Nested = {
  class_name: 'Functional',
  config: functional(
    [
      layer('InputLayer', 'outer', { batch_shape: [null, 4] }, []),
      layer(
        'Functional',
        'inner',
        functional(
          [
            layer('InputLayer', 'x', { batch_shape: [null, 4] }, []),
            layer('Dense', 'dense', { units: 4, activation: 'tanh' }, [tensor('x')]),
          ],
          'x',
          'dense',
        ),
        [tensor('outer')],
        { mask: null },
      ),
      layer('ReLU', 'positive', {}, [tensor('inner')]),
    ],
    'outer',
    'positive',
  ),
};

/** The same files with another topology. */
const withTopology = ({ modelJson, weights }: ModelFiles, modelTopology: object): ModelFiles => ({
  modelJson: { ...(modelJson as object), modelTopology },
  weights,
});

describe('normalizeTopology', () => {
  test('lets a Keras 3 model of words be converted, mask included', async () => {
    const words = tf.input({ shape: [5], name: 'words' });
    const table = tf.layers.embedding({ inputDim: 7, outputDim: 3, maskZero: true, name: 'table' });
    const steps = tf.layers.lstm({ units: 2, recurrentActivation: 'sigmoid', name: 'steps' });
    const both = tf.layers.bidirectional({ layer: steps, mergeMode: 'concat', name: 'both' });
    const model = randomizeWeights(tf.model({ inputs: words, outputs: apply(both, apply(table, words)) }));
    const files = withTopology(await saveModel(model), keras3Text);
    const inputs = [
      tf.tensor2d([
        [1, 2, 0, 0, 0],
        [0, 3, 0, 6, 5],
      ]),
    ];
    const { largestDifference, ops } = await compareWithTfjs(model, { files, inputs });
    expect(largestDifference).toBeLessThan(1e-5);
    expect(ops).toContain('Scan');
  });

  test('lets a Keras 3 model with a model inside be converted', async () => {
    const outer = tf.input({ shape: [4], name: 'outer' });
    const x = tf.input({ shape: [4], name: 'x' });
    const dense = tf.layers.dense({ units: 4, activation: 'tanh', name: 'dense' });
    const inner = tf.model({ inputs: x, outputs: apply(dense, x), name: 'inner' });
    const outputs = apply(tf.layers.reLU({ name: 'positive' }), apply(inner, outer));
    const model = randomizeWeights(tf.model({ inputs: outer, outputs }));
    const files = withTopology(await saveModel(model), keras3Nested);
    expect((await compareWithTfjs(model, { files })).largestDifference).toBeLessThan(1e-5);
  });

  test('lets a Keras 3 topology be converted like the Keras 2 one', async () => {
    const model = reference();
    const files = withTopology(await saveModel(model), keras3Topology);
    const { largestDifference, ops } = await compareWithTfjs(model, { files });
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
