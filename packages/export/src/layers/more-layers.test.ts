import * as tf from '@tensorflow/tfjs';
import { compareWithTfjs, stack } from '../agreement.test-support.ts';

const compare = async (inputShape: number[], ...layers: tf.layers.Layer[]) => {
  const { expected, actual, largestDifference } = await compareWithTfjs(stack(inputShape, layers));
  return {
    shape: actual.shape.join() === expected.shape.join() ? 'same' : actual.shape,
    values: largestDifference < 1e-5 ? 'same' : largestDifference,
  };
};

const AGREEMENT = { shape: 'same', values: 'same' };
const paddings = ['valid', 'same'] as const;

describe('sequences and volumes', () => {
  test.each(paddings)('Conv1D and pooling, %s', async (padding) => {
    for (const strides of [1, 2]) {
      expect(
        await compare([9, 3], tf.layers.conv1d({ filters: 4, kernelSize: 3, strides, padding })),
      ).toEqual(AGREEMENT);
      expect(await compare([9, 3], tf.layers.maxPooling1d({ poolSize: 2, strides, padding }))).toEqual(
        AGREEMENT,
      );
      expect(await compare([9, 3], tf.layers.averagePooling1d({ poolSize: 2, strides, padding }))).toEqual(
        AGREEMENT,
      );
    }
    expect(
      await compare(
        [9, 3],
        tf.layers.conv1d({ filters: 4, kernelSize: 3, dilationRate: 2, padding, activation: 'relu' }),
      ),
    ).toEqual(AGREEMENT);
  });

  test('global pooling over steps', async () => {
    expect(await compare([9, 3], tf.layers.globalAveragePooling1d())).toEqual(AGREEMENT);
    expect(await compare([9, 3], tf.layers.globalMaxPooling1d())).toEqual(AGREEMENT);
  });

  test.each(paddings)('Conv3D and pooling, %s', async (padding) => {
    expect(
      await compare(
        [5, 6, 4, 2],
        tf.layers.conv3d({ filters: 3, kernelSize: [2, 3, 3], strides: [1, 2, 1], padding }),
      ),
    ).toEqual(AGREEMENT);
    expect(await compare([5, 6, 4, 2], tf.layers.maxPooling3d({ poolSize: 2, padding }))).toEqual(AGREEMENT);
    expect(await compare([5, 6, 4, 2], tf.layers.averagePooling3d({ poolSize: 2, padding }))).toEqual(
      AGREEMENT,
    );
  });
});

describe('recurrent layers', () => {
  const build = {
    GRU: (settings: object) => tf.layers.gru({ units: 3, ...settings }),
    LSTM: (settings: object) => tf.layers.lstm({ units: 3, ...settings }),
    SimpleRNN: (settings: object) => tf.layers.simpleRNN({ units: 3, ...settings }),
  };
  const settings = [
    {},
    { returnSequences: true },
    { goBackwards: true },
    { goBackwards: true, returnSequences: true },
    { useBias: false },
    { activation: 'relu', recurrentActivation: 'sigmoid' },
  ];
  test.each(settings.flatMap((setting) => Object.keys(build).map((name) => [name, setting] as const)))(
    '%s with %j',
    async (name, setting) => {
      expect(await compare([5, 4], build[name as keyof typeof build](setting))).toEqual(AGREEMENT);
    },
  );
});

describe('layers around layers', () => {
  test.each(['concat', 'sum', 'ave', 'mul'] as const)('Bidirectional, %s', async (mergeMode) => {
    for (const returnSequences of [true, false]) {
      const layer = tf.layers.lstm({ units: 3, returnSequences });
      expect(await compare([5, 4], tf.layers.bidirectional({ layer, mergeMode }))).toEqual(AGREEMENT);
    }
  });

  test('TimeDistributed, of vectors and of images', async () => {
    const dense = tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3, activation: 'relu' }) });
    expect(await compare([5, 4], dense)).toEqual(AGREEMENT);
    const conv = tf.layers.timeDistributed({ layer: tf.layers.conv2d({ filters: 2, kernelSize: 3 }) });
    expect(await compare([3, 6, 6, 2], conv, tf.layers.flatten())).toEqual(AGREEMENT);
  });
});

describe('growing and cutting images', () => {
  test.each([
    { kernelSize: 3, strides: 2, padding: 'same' as const },
    { kernelSize: 2, strides: 2, padding: 'valid' as const },
    { kernelSize: 4, strides: 2, padding: 'same' as const },
    { kernelSize: 3, strides: 1, padding: 'same' as const },
    { kernelSize: 3, strides: 3, padding: 'valid' as const },
    { kernelSize: 2, strides: 3, padding: 'valid' as const },
  ])('Conv2DTranspose %j', async (settings) => {
    const layer = tf.layers.conv2dTranspose({ filters: 4, activation: 'relu', ...settings });
    expect(await compare([5, 6, 3], layer)).toEqual(AGREEMENT);
  });

  test.each(['nearest', 'bilinear'] as const)('UpSampling2D, %s', async (interpolation) => {
    expect(await compare([4, 5, 3], tf.layers.upSampling2d({ size: [2, 3], interpolation }))).toEqual(
      AGREEMENT,
    );
  });

  test('Cropping2D', async () => {
    const cropping: [[number, number], [number, number]] = [
      [1, 2],
      [0, 1],
    ];
    expect(await compare([6, 7, 3], tf.layers.cropping2D({ cropping }))).toEqual(AGREEMENT);
  });
});

describe('vectors', () => {
  test('LayerNormalization over the last axis and over others', async () => {
    expect(await compare([5, 4], tf.layers.layerNormalization({}))).toEqual(AGREEMENT);
    expect(await compare([5, 4], tf.layers.layerNormalization({ axis: [1, 2], scale: false }))).toEqual(
      AGREEMENT,
    );
  });

  test('RepeatVector', async () => {
    expect(await compare([4], tf.layers.repeatVector({ n: 3 }))).toEqual(AGREEMENT);
  });

  test('Embedding', async () => {
    const words = tf.layers.reLU({ maxValue: 5 });
    expect(await compare([6], words, tf.layers.embedding({ inputDim: 6, outputDim: 3 }))).toEqual(AGREEMENT);
  });

  test.each([1, 2, -1])('Dot along axis %i', async (axes) => {
    const [one, other] = [tf.input({ shape: [4, 4] }), tf.input({ shape: [4, 4] })];
    const model = tf.model({
      inputs: [one, other],
      outputs: tf.layers.dot({ axes }).apply([one, other]) as tf.SymbolicTensor,
    });
    expect((await compareWithTfjs(model)).largestDifference).toBeLessThan(1e-5);
  });
});
