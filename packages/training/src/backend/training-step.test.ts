import tf from '@tensorflow/tfjs';
import { createRandom } from '@mien/contract';
import { selectBackend } from './select-backend.ts';
import { computeOn, randomValues, relativeDifference } from './wasm/compare-backends.test-support.ts';

const CLASSES = 5;
const BATCH = 4;

type Build = () => { model: tf.LayersModel; input: [number, number, number] };

const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]): tf.SymbolicTensor =>
  layer.apply(x) as tf.SymbolicTensor;

const plain: Build = () => {
  const input: [number, number, number] = [12, 12, 3];
  const { conv2d, maxPooling2d, flatten, dense } = tf.layers;
  const conv = (filters: number) => conv2d({ filters, kernelSize: 3, activation: 'relu' });
  return {
    input,
    model: tf.sequential({
      layers: [
        conv2d({ filters: 6, kernelSize: 3, activation: 'relu', inputShape: input }),
        maxPooling2d({ poolSize: 2 }),
        conv(8),
        flatten(),
        dense({ units: 16, activation: 'relu' }),
        dense({ units: CLASSES, activation: 'softmax' }),
      ],
    }),
  };
};

/** Batch normalisation, residual addition, squeeze-and-excitation, strides, global and average pooling. */
const residual: Build = () => {
  const input: [number, number, number] = [8, 8, 1];
  const pixels = tf.input({ shape: input });
  const convBn = (x: tf.SymbolicTensor, filters: number, strides = 1, kernelSize = 3) =>
    apply(
      tf.layers.batchNormalization({}),
      apply(tf.layers.conv2d({ filters, kernelSize, strides, padding: 'same', useBias: false }), x),
    );
  const relu = (x: tf.SymbolicTensor) => apply(tf.layers.activation({ activation: 'relu' }), x);
  const stem = relu(convBn(pixels, 8));
  const inner = convBn(relu(convBn(stem, 12, 2)), 12);
  const squeezed = apply(tf.layers.globalAveragePooling2d({}), inner);
  const reduced = apply(tf.layers.dense({ units: 4, activation: 'relu' }), squeezed);
  const gates = apply(tf.layers.dense({ units: 12, activation: 'sigmoid' }), reduced);
  const gated = apply(tf.layers.multiply(), [
    inner,
    apply(tf.layers.reshape({ targetShape: [1, 1, 12] }), gates),
  ]);
  const joined = relu(apply(tf.layers.add(), [gated, convBn(stem, 12, 2, 1)]));
  const pooled = apply(tf.layers.averagePooling2d({ poolSize: 2 }), joined);
  const head = apply(tf.layers.flatten(), pooled);
  const outputs = apply(tf.layers.dense({ units: CLASSES, activation: 'softmax' }), head);
  return { input, model: tf.model({ inputs: pixels, outputs }) };
};

const separable: Build = () => {
  const input: [number, number, number] = [8, 8, 2];
  const { separableConv2d, depthwiseConv2d, conv2d, globalAveragePooling2d, dense } = tf.layers;
  return {
    input,
    model: tf.sequential({
      layers: [
        separableConv2d({ filters: 6, kernelSize: 3, padding: 'same', inputShape: input }),
        depthwiseConv2d({ kernelSize: 3, strides: 2, depthMultiplier: 2, activation: 'relu6' }),
        conv2d({ filters: 8, kernelSize: 1, activation: 'elu' }),
        globalAveragePooling2d({}),
        dense({ units: CLASSES, activation: 'softmax' }),
      ],
    }),
  };
};

interface Training {
  readonly model: tf.LayersModel;
  readonly variables: tf.Variable[];
  readonly loss: () => tf.Scalar;
}

/** Gives a network seeded weights and one batch to learn. */
const prepare = (build: Build): Training => {
  const { model, input } = build();
  const variables = (model.trainableWeights as unknown as { val: tf.Variable }[]).map(({ val }) => val);
  for (const [index, variable] of variables.entries()) {
    const isVector = variable.rank === 1;
    const scale = isVector ? 0.1 : Math.sqrt((3 * (variable.shape.at(-1) as number)) / variable.size);
    const values = randomValues(variable.shape, index + 10).map(
      (value) => (isVector ? 0.5 : 0) + value * scale,
    );
    variable.assign(tf.tensor(values, variable.shape));
  }
  const x = tf.tensor(randomValues([BATCH, ...input], 1), [BATCH, ...input]);
  const random = createRandom(2);
  const labels = tf.oneHot(
    Array.from({ length: BATCH }, () => random.integer(CLASSES)),
    CLASSES,
  );
  const loss = () => {
    const probabilities = model.apply(x, { training: true }) as tf.Tensor2D;
    return tf.losses.logLoss<tf.Tensor2D, tf.Scalar>(labels as tf.Tensor2D, probabilities);
  };
  return { model, variables, loss };
};

/** The loss, gradients of every weight, and the weights after one step of Adam and one of momentum. */
const train = (build: Build): tf.Tensor[] => {
  const { model, variables, loss } = prepare(build);
  const { value, grads } = tf.variableGrads(loss, variables);
  for (const optimizer of [tf.train.adam(0.01), tf.train.momentum(0.01, 0.9)]) {
    optimizer.minimize(loss, false, variables);
  }
  const results = [
    value,
    ...variables.map(({ name }) => grads[name] as tf.Tensor),
    ...variables.map((v) => v.clone()),
  ];
  model.dispose();
  return results;
};

test.each([
  ['plain', plain],
  ['residual', residual],
  ['separable', separable],
])('a %s network trains on wasm as on the JavaScript backend', async (_name, build) => {
  const expected = await computeOn('cpu', () => train(build));
  const actual = await computeOn('wasm', () => train(build));
  const differences = expected.values.map((values, index) =>
    relativeDifference(actual.values[index] as Float32Array, values),
  );
  expect(actual.shapes).toEqual(expected.shapes);
  expect(expected.values.every((values) => values.some((value) => Math.abs(value) > 1e-4))).toBe(true);
  expect(Math.max(...differences)).toBeLessThan(5e-5);
});

test.each(['cpu', 'wasm'] as const)('training steps on %s leave no tensor behind', async (backend) => {
  await selectBackend(backend);
  tf.engine().startScope();
  const { variables, loss } = prepare(residual);
  const optimizer = tf.train.adam(0.01);
  const step = () => {
    optimizer.minimize(loss, false, variables);
  };
  step();
  const { numTensors, numDataBuffers } = tf.memory();
  const onBackend = tf.engine().backend.numDataIds();
  step();
  step();
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  expect(tf.engine().backend.numDataIds()).toBe(onBackend);
  tf.engine().endScope();
});
