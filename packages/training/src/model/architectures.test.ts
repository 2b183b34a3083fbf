import tf from '@tensorflow/tfjs';
import { architectures, getArchitecture, UnknownArchitectureError } from './architectures.ts';
import { documentArchitecture } from './document.ts';
import { InvalidBuildError } from './invalid-build-error.ts';
import { residualArchitecture } from './residual.ts';

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

const weightsOf = (model: tf.LayersModel): string =>
  model
    .getWeights()
    .map((weights) => Buffer.from(Float32Array.from(weights.dataSync()).buffer).toString('base64'))
    .join();

test('the document network is the plain CNN, layer by layer', () => {
  const model = documentArchitecture.build({ classes: 7, seed: 1 });
  expect(model.inputs[0]?.shape).toEqual([null, 48, 48, 3]);
  const layers = model.layers.map((layer) => {
    const { filters, kernelSize, padding, activation, units, poolSize, strides, scale } = layer.getConfig();
    return JSON.parse(
      JSON.stringify([
        layer.getClassName(),
        { filters, kernelSize, padding, activation, units, poolSize, strides, scale },
        layer.outputShape,
      ]),
    );
  });
  const conv = (filters: number, side: number) => [
    'Conv2D',
    { filters, kernelSize: [3, 3], padding: 'valid', activation: 'relu', strides: [1, 1] },
    [null, side, side, filters],
  ];
  const pool = (side: number, filters: number) => [
    'MaxPooling2D',
    { padding: 'valid', poolSize: [2, 2], strides: [2, 2] },
    [null, side, side, filters],
  ];
  expect(layers).toEqual([
    ['Rescaling', { scale: 1 / 255 }, [null, 48, 48, 3]],
    conv(32, 46),
    pool(23, 32),
    conv(64, 21),
    pool(10, 64),
    conv(128, 8),
    pool(4, 128),
    ['Flatten', {}, [null, 2048]],
    ['Dense', { activation: 'relu', units: 512 }, [null, 512]],
    ['Dense', { activation: 'softmax', units: 7 }, [null, 7]],
  ]);
  // 3·9·32+32, 32·9·64+64, 64·9·128+128, 2048·512+512, 512·7+7
  expect(model.countParams()).toBe(896 + 18_496 + 73_856 + 1_049_088 + 3_591);
  model.dispose();
});

test('the document recipe is that of the document', () => {
  expect(documentArchitecture.recipe).toMatchObject({
    optimizer: 'adam',
    learningRate: 1e-3,
    loss: 'cross-entropy',
    batchSize: 32,
    stepsPerEpoch: 100,
    epochs: 10,
    validationSteps: 50,
  });
});

test('the residual network has 1.2 million parameters and blocks that add up', () => {
  const model = residualArchitecture.build({ classes: 8, seed: 1 });
  expect(model.inputs[0]?.shape).toEqual([null, 48, 48, 1]);
  const bn = (filters: number) => 4 * filters;
  const gates = (filters: number) => (2 * filters * filters) / 16 + filters / 16 + filters;
  const stage = (from: number, to: number) =>
    9 * from * to + 9 * to * to + 2 * bn(to) + gates(to) + (from === to ? 0 : from * to + bn(to));
  const stem = 9 * 32 + bn(32);
  expect(model.countParams()).toBe(
    stem + stage(32, 32) + stage(32, 64) + stage(64, 128) + stage(128, 256) + 256 * 8 + 8,
  );
  expect(model.countParams()).toBeGreaterThan(1_150_000);
  expect(model.countParams()).toBeLessThan(1_300_000);
  const classes = model.layers.map((layer) => layer.getClassName());
  expect(classes.filter((name) => name === 'Add')).toHaveLength(4);
  expect(classes.filter((name) => name === 'Multiply')).toHaveLength(4);
  expect(classes.filter((name) => name === 'MaxPooling2D')).toHaveLength(3);
  expect(classes).not.toContain('Flatten');
  model.dispose();
});

test('the residual network also runs on crops', () => {
  const model = residualArchitecture.build({ classes: 3, seed: 1 });
  const shape = tf.tidy(() => (model.apply(tf.zeros([2, 44, 44, 1])) as tf.Tensor).shape);
  expect(shape).toEqual([2, 3]);
  model.dispose();
});

describe.each(Object.entries(architectures))('%s', (name, architecture) => {
  const input = { widthPx: 24, heightPx: 26, channels: 1 } as const;

  test('is found by its name', () => {
    expect(getArchitecture(name)).toBe(architecture);
    expect(architecture.name).toBe(name);
  });

  test('takes pixels and gives probabilities', () => {
    const model = architecture.build({ classes: 5, seed: 3, input });
    const rows = tf.tidy(() =>
      (model.predict(tf.randomUniform([3, 26, 24, 1], 0, 255, 'float32', 1)) as tf.Tensor2D).arraySync(),
    );
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row).toHaveLength(5);
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    }
    model.dispose();
  });

  test('starts from weights that follow from the seed', () => {
    const [first, again, other] = [3, 3, 4].map((seed) => {
      const model = architecture.build({ classes: 2, seed, input });
      const weights = weightsOf(model);
      model.dispose();
      return weights;
    });
    // Not toEqual: a failure would print megabytes.
    expect(again === first).toBe(true);
    expect(other === first).toBe(false);
  });

  test('leaves nothing behind when it is disposed', () => {
    const before = tf.memory().numTensors;
    architecture.build({ classes: 2, seed: 1, input }).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('refuses one class and inputs that are too small', () => {
    expect(() => architecture.build({ classes: 1, seed: 1 })).toThrow(InvalidBuildError);
    expect(() =>
      architecture.build({ classes: 2, seed: 1, input: { widthPx: 7, heightPx: 48, channels: 1 } }),
    ).toThrow(/at least \d+×\d+ px, got 7×48/u);
  });
});

test.each(['resnet', 'toString', ''])(
  'refuses "%s", which is no architecture, and lists those that are',
  (name) => {
    expect(() => getArchitecture(name)).toThrow(UnknownArchitectureError);
    expect(() => getArchitecture(name)).toThrow(/document, residual/u);
  },
);

test('the expression network is deeper in its third stage, and small enough to ship', () => {
  const model = getArchitecture('expression').build({
    classes: 8,
    secondHead: { name: 'fer2013', classes: 7 },
    seed: 1,
  });
  const convolutions = model.layers.filter((layer) => layer.getClassName() === 'Conv2D');
  expect(convolutions.filter(({ name }) => name.startsWith('stage3'))).toHaveLength(5);
  expect(model.outputs.map(({ shape }) => shape)).toEqual([
    [null, 8],
    [null, 7],
  ]);
  expect(model.countParams()).toBe(1_448_724);
  model.dispose();
});
