import * as tf from '@tensorflow/tfjs';
import { apply, compareWithTfjs, randomizeWeights, saveModel, stack } from '../agreement.test-support.ts';
import { convertLayersModel } from '../convert-layers-model.ts';

/** Runs a model on both sides and says what is wrong, if anything. */
const compare = async (model: tf.LayersModel) => {
  const { ops, expected, actual, largestDifference } = await compareWithTfjs(model);
  return {
    shape: actual.shape.join() === expected.shape.join() ? 'same' : actual.shape,
    values: largestDifference < 1e-5 ? 'same' : largestDifference,
    transposes: ops.filter((op) => op === 'Transpose').length,
  };
};

const AGREEMENT = { shape: 'same', values: 'same', transposes: 0 };

const sizes = [
  [7, 7],
  [8, 8],
  [6, 9],
] as const;
const paddings = ['valid', 'same'] as const;
const strides = [1, 2, 3] as const;
const windows = paddings.flatMap((padding) =>
  strides.flatMap((stride) => sizes.map(([height, width]) => ({ padding, stride, height, width }))),
);

describe('convolutions', () => {
  test.each(windows)('Conv2D $padding, stride $stride, $height × $width', async (window) => {
    const { padding, stride, height, width } = window;
    const conv = tf.layers.conv2d({ filters: 5, kernelSize: [3, 2], strides: stride, padding });
    expect(await compare(stack([height, width, 3], [conv]))).toEqual(AGREEMENT);
  });

  test.each(windows)('DepthwiseConv2D $padding, stride $stride, $height × $width', async (window) => {
    const { padding, stride, height, width } = window;
    const conv = tf.layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, strides: stride, padding });
    expect(await compare(stack([height, width, 3], [conv]))).toEqual(AGREEMENT);
  });

  test.each(windows)('SeparableConv2D $padding, stride $stride, $height × $width', async (window) => {
    const { padding, stride, height, width } = window;
    const conv = tf.layers.separableConv2d({ filters: 4, kernelSize: 3, strides: stride, padding });
    expect(await compare(stack([height, width, 2], [conv]))).toEqual(AGREEMENT);
  });

  test.each([
    { kernelSize: 1, padding: 'valid' as const, dilationRate: 1 },
    { kernelSize: 5, padding: 'same' as const, dilationRate: 1 },
    { kernelSize: 4, padding: 'same' as const, dilationRate: 1 },
    { kernelSize: 3, padding: 'valid' as const, dilationRate: 2 },
    { kernelSize: 3, padding: 'same' as const, dilationRate: [2, 3] as [number, number] },
  ])('Conv2D with kernel $kernelSize, $padding, dilation $dilationRate', async (settings) => {
    expect(await compare(stack([9, 10, 2], [tf.layers.conv2d({ filters: 3, ...settings })]))).toEqual(
      AGREEMENT,
    );
  });

  test('SeparableConv2D with dilation', async () => {
    const conv = tf.layers.separableConv2d({ filters: 4, kernelSize: 3, dilationRate: 2 });
    expect(await compare(stack([9, 8, 3], [conv]))).toEqual(AGREEMENT);
  });

  test('refuses DepthwiseConv2D with dilation, which tfjs itself does not apply', async () => {
    const conv = tf.layers.depthwiseConv2d({ kernelSize: 3, dilationRate: 2, name: 'wide' });
    const conversion = convertLayersModel(await saveModel(stack([9, 8, 3], [conv])));
    await expect(conversion).rejects.toMatchObject({ name: 'UnsupportedOpError', node: 'wide' });
  });

  test('Conv2D without bias and with an activation', async () => {
    const conv = tf.layers.conv2d({ filters: 3, kernelSize: 3, useBias: false, activation: 'tanh' });
    expect(await compare(stack([5, 5, 2], [conv]))).toEqual(AGREEMENT);
  });
});

describe('poolings', () => {
  test.each(windows)('MaxPooling2D $padding, stride $stride, $height × $width', async (window) => {
    const { padding, stride, height, width } = window;
    const pool = tf.layers.maxPooling2d({ poolSize: 2, strides: stride, padding });
    expect(await compare(stack([height, width, 3], [pool]))).toEqual(AGREEMENT);
  });

  test.each(windows)('AveragePooling2D $padding, stride $stride, $height × $width', async (window) => {
    const { padding, stride, height, width } = window;
    const pool = tf.layers.averagePooling2d({ poolSize: [3, 2], strides: stride, padding });
    expect(await compare(stack([height, width, 3], [pool]))).toEqual(AGREEMENT);
  });

  test('MaxPooling2D moves by its size unless told otherwise', async () => {
    expect(await compare(stack([7, 9, 2], [tf.layers.maxPooling2d({ poolSize: 3 })]))).toEqual(AGREEMENT);
  });

  test.each([1, 3])('GlobalAveragePooling2D and GlobalMaxPooling2D of %i channels', async (channels) => {
    expect(await compare(stack([5, 4, channels], [tf.layers.globalAveragePooling2d({})]))).toEqual(AGREEMENT);
    expect(await compare(stack([5, 4, channels], [tf.layers.globalMaxPooling2d({})]))).toEqual(AGREEMENT);
  });
});

describe('activations', () => {
  const names =
    'elu gelu hardSigmoid linear logSoftmax mish relu relu6 selu sigmoid softmax softplus softsign swish tanh'.split(
      ' ',
    );

  test.each(names)('%s of images and of vectors', async (activation) => {
    const layer = () => tf.layers.activation({ activation: activation as 'relu' });
    expect(await compare(stack([4, 3, 5], [layer()]))).toEqual(AGREEMENT);
    expect(await compare(stack([6], [layer()]))).toEqual(AGREEMENT);
  });

  test.each([
    ['ReLU', () => tf.layers.reLU({})],
    ['ReLU with a limit', () => tf.layers.reLU({ maxValue: 0.7 })],
    ['LeakyReLU', () => tf.layers.leakyReLU({ alpha: 0.2 })],
    ['ELU', () => tf.layers.elu({})],
    ['ThresholdedReLU', () => tf.layers.thresholdedReLU({ theta: 0.4 })],
    ['Softmax over the last axis', () => tf.layers.softmax({ axis: -1 })],
    ['PReLU', () => tf.layers.prelu({})],
    ['PReLU with one slope per channel', () => tf.layers.prelu({ sharedAxes: [1, 2] })],
  ])('%s', async (_, layer) => {
    expect(await compare(stack([4, 3, 5], [layer()]))).toEqual(AGREEMENT);
  });

  test('Softmax of vectors with the axis that tfjs takes by default', async () => {
    expect(await compare(stack([5], [tf.layers.softmax({})]))).toEqual(AGREEMENT);
  });

  test('activations inside dense and convolutional layers', async () => {
    expect(
      await compare(
        stack(
          [5, 5, 2],
          [
            tf.layers.conv2d({ filters: 3, kernelSize: 2, activation: 'swish' }),
            tf.layers.flatten(),
            tf.layers.dense({ units: 4, activation: 'softmax' }),
          ],
        ),
      ),
    ).toEqual(AGREEMENT);
  });
});

describe('normalisation', () => {
  test.each([
    { center: true, scale: true },
    { center: false, scale: true },
    { center: true, scale: false },
    { center: false, scale: false, epsilon: 0.05 },
  ])('BatchNormalization of images, $center $scale', async (settings) => {
    expect(await compare(stack([4, 5, 3], [tf.layers.batchNormalization(settings)]))).toEqual(AGREEMENT);
  });

  test('BatchNormalization of vectors', async () => {
    expect(await compare(stack([6], [tf.layers.batchNormalization({})]))).toEqual(AGREEMENT);
  });

  test('Rescaling with and without an offset', async () => {
    expect(await compare(stack([4, 5, 3], [tf.layers.rescaling({ scale: 1 / 255 })]))).toEqual(AGREEMENT);
    expect(await compare(stack([4, 5, 3], [tf.layers.rescaling({ scale: 2, offset: -1 })]))).toEqual(
      AGREEMENT,
    );
  });
});

describe('dense layers', () => {
  test.each([
    { name: 'vectors', inputShape: [6] },
    { name: 'sequences', inputShape: [3, 6] },
    { name: 'images', inputShape: [3, 2, 6] },
  ])('Dense of $name', async ({ inputShape }) => {
    expect(await compare(stack(inputShape, [tf.layers.dense({ units: 4 })]))).toEqual(AGREEMENT);
    expect(await compare(stack(inputShape, [tf.layers.dense({ units: 4, useBias: false })]))).toEqual(
      AGREEMENT,
    );
  });
});

describe('layers that move elements', () => {
  test('Flatten before Dense', async () => {
    expect(await compare(stack([4, 3, 5], [tf.layers.flatten(), tf.layers.dense({ units: 3 })]))).toEqual(
      AGREEMENT,
    );
  });

  test('Flatten at the end keeps channels-last order, which takes a Transpose', async () => {
    expect(await compare(stack([4, 3, 5], [tf.layers.flatten()]))).toEqual({ ...AGREEMENT, transposes: 1 });
  });

  test('Flatten of channels-first data', async () => {
    const flatten = tf.layers.flatten({ dataFormat: 'channelsFirst' });
    expect(await compare(stack([4, 3, 5], [flatten]))).toEqual({ ...AGREEMENT, transposes: 1 });
  });

  test('Reshape with an open dimension', async () => {
    expect(await compare(stack([12], [tf.layers.reshape({ targetShape: [-1, 4] as number[] })]))).toEqual(
      AGREEMENT,
    );
    expect(await compare(stack([12], [tf.layers.reshape({ targetShape: [1, 1, 12] })]))).toEqual(AGREEMENT);
  });

  test('Permute', async () => {
    expect(await compare(stack([3, 4], [tf.layers.permute({ dims: [2, 1] })]))).toEqual({
      ...AGREEMENT,
      transposes: 1,
    });
  });

  test.each([
    { padding: 1 },
    { padding: [2, 1] as [number, number] },
    {
      padding: [
        [0, 1],
        [2, 3],
      ] as [[number, number], [number, number]],
    },
  ])('ZeroPadding2D by $padding', async ({ padding }) => {
    expect(await compare(stack([4, 3, 2], [tf.layers.zeroPadding2d({ padding })]))).toEqual(AGREEMENT);
  });
});

describe('layers that join inputs', () => {
  const joins = [
    ['Add', () => tf.layers.add()],
    ['Multiply', () => tf.layers.multiply()],
    ['Average', () => tf.layers.average()],
    ['Maximum', () => tf.layers.maximum()],
    ['Minimum', () => tf.layers.minimum()],
    ['Concatenate', () => tf.layers.concatenate({})],
    ['Concatenate of rows', () => tf.layers.concatenate({ axis: 1 })],
  ] as const;

  test.each(joins)('%s of three images', async (_, layer) => {
    const inputs = [1, 2, 3].map(() => tf.input({ shape: [4, 3, 2] }));
    expect(await compare(tf.model({ inputs, outputs: apply(layer(), inputs) }))).toEqual(AGREEMENT);
  });

  test.each(joins.slice(0, 5))('%s of an image and one value per channel', async (_, layer) => {
    const inputs = [tf.input({ shape: [4, 3, 2] }), tf.input({ shape: [1, 1, 2] })];
    expect(await compare(tf.model({ inputs, outputs: apply(layer(), inputs) }))).toEqual(AGREEMENT);
  });

  test('Multiply of an image and a vector, which Keras aligns after the batch', async () => {
    const inputs = [tf.input({ shape: [4, 3, 2] }), tf.input({ shape: [2] })];
    const model = tf.model({ inputs, outputs: apply(tf.layers.multiply(), inputs) });
    expect(await compare(randomizeWeights(model))).toEqual(AGREEMENT);
  });
});

describe('layers that train alone', () => {
  test.each([
    ['Dropout', () => tf.layers.dropout({ rate: 0.5 })],
    ['GaussianNoise', () => tf.layers.gaussianNoise({ stddev: 1 })],
    ['GaussianDropout', () => tf.layers.gaussianDropout({ rate: 0.5 })],
    ['AlphaDropout', () => tf.layers.alphaDropout({ rate: 0.5 })],
  ])('%s leaves no node behind', async (_, layer) => {
    const { ops, largestDifference } = await compareWithTfjs(
      stack([5], [layer(), tf.layers.dense({ units: 2 })]),
    );
    expect(ops).toEqual(['Gemm']);
    expect(largestDifference).toBeLessThan(1e-5);
  });
});
