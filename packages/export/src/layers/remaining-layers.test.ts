import * as tf from '@tensorflow/tfjs';
import {
  AGREEMENT,
  agreementOf,
  apply,
  randomizeWeights,
  saveModel,
  stack,
} from '../agreement.test-support.ts';
import { convertLayersModel } from '../convert-layers-model.ts';

const paddings = ['valid', 'same'] as const;

describe('ConvLSTM2D', () => {
  const layer = (settings: object) => tf.layers.convLstm2d({ filters: 3, kernelSize: 3, ...settings });

  test.each(
    paddings.flatMap((padding) => [
      { padding },
      { padding, returnSequences: true },
      { padding, strides: 2, goBackwards: true, returnSequences: true },
      { padding, kernelSize: [2, 3], dilationRate: [1, 2], useBias: false },
      { padding, activation: 'relu', recurrentActivation: 'sigmoid' },
    ]),
  )('%j', async (settings) => {
    expect(await agreementOf(stack([3, 7, 6, 2], [layer(settings)]))).toEqual(AGREEMENT);
  });

  test('gives its states and starts with given ones', async () => {
    const states = [0, 1].map(() => tf.input({ shape: [7, 6, 3] }));
    const inputs = [tf.input({ shape: [3, 7, 6, 2] }), ...states];
    const outputs = layer({ padding: 'same', returnState: true }).apply(inputs) as tf.SymbolicTensor[];
    expect(await agreementOf(randomizeWeights(tf.model({ inputs, outputs })))).toEqual(AGREEMENT);
  });

  test('leaves out pixels that do not count', async () => {
    const model = stack(
      [3, 4, 5, 2],
      [tf.layers.masking(), layer({ padding: 'same', returnSequences: true })],
    );
    const values = tf.tensor5d(
      Array.from({ length: 240 }, (_, at) => (at % 6 < 2 ? 0 : Math.sin(at))),
      [2, 3, 4, 5, 2],
    );
    expect(await agreementOf(model, { inputs: [values] })).toEqual(AGREEMENT);
  });
});

describe('Conv3DTranspose', () => {
  test.each(
    paddings.flatMap((padding) => [
      { padding, kernelSize: 3, strides: 2 },
      { padding, kernelSize: 3, strides: 1 },
      { padding, kernelSize: [2, 3, 4], strides: [1, 2, 3] },
      { padding, kernelSize: 3, strides: 2, useBias: false, activation: 'relu' },
    ]),
  )('%j', async (settings) => {
    const conv = tf.layers.conv3dTranspose({ filters: 3, ...settings } as Parameters<
      typeof tf.layers.conv3dTranspose
    >[0]);
    expect(await agreementOf(stack([3, 4, 5, 2], [conv]))).toEqual(AGREEMENT);
  });
});

test.each([
  [
    'Conv3D',
    () => tf.layers.conv3d({ filters: 2, kernelSize: 1, strides: 2, padding: 'same', name: 'moved' }),
  ],
  ['MaxPooling3D', () => tf.layers.maxPooling3d({ poolSize: 1, strides: 2, padding: 'same', name: 'moved' })],
  [
    'Conv3DTranspose',
    () =>
      tf.layers.conv3dTranspose({ filters: 2, kernelSize: 1, strides: 2, padding: 'same', name: 'moved' }),
  ],
])('refuses %s with strides larger than its window, which tfjs moves', async (_, layer) => {
  const model = stack([4, 4, 4, 2], [layer()]);
  await expect(convertLayersModel(await saveModel(model))).rejects.toThrow(/tfjs moves.*"moved"/u);
});

describe('layers that are told that channels come first', () => {
  const dataFormat = 'channelsFirst';
  test.each([
    ['AveragePooling3D', [2, 4, 6, 7], () => tf.layers.averagePooling3d({ poolSize: 2, dataFormat })],
    [
      'Conv2D',
      [2, 6, 7],
      () => tf.layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: 'same', dataFormat }),
    ],
    [
      'DepthwiseConv2D',
      [2, 6, 7],
      () => tf.layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, dataFormat }),
    ],
    [
      'SeparableConv2D',
      [2, 6, 7],
      () => tf.layers.separableConv2d({ filters: 3, kernelSize: 3, useBias: false, dataFormat }),
    ],
    [
      'Conv2DTranspose',
      [2, 5, 6],
      () => tf.layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same', dataFormat }),
    ],
    ['Conv3D', [2, 4, 5, 6], () => tf.layers.conv3d({ filters: 3, kernelSize: 2, dataFormat })],
    [
      'Conv3DTranspose',
      [2, 3, 4, 5],
      () => tf.layers.conv3dTranspose({ filters: 3, kernelSize: 2, strides: 2, dataFormat }),
    ],
    ['MaxPooling2D', [2, 6, 7], () => tf.layers.maxPooling2d({ poolSize: 2, dataFormat })],
    [
      'AveragePooling2D',
      [2, 6, 7],
      () => tf.layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same', dataFormat }),
    ],
    ['MaxPooling3D', [2, 4, 6, 7], () => tf.layers.maxPooling3d({ poolSize: 2, dataFormat })],
    ['GlobalAveragePooling2D', [2, 6, 7], () => tf.layers.globalAveragePooling2d({ dataFormat })],
    ['GlobalMaxPooling2D', [2, 6, 7], () => tf.layers.globalMaxPooling2d({ dataFormat })],
    ['UpSampling2D', [2, 3, 4], () => tf.layers.upSampling2d({ size: [2, 3], dataFormat })],
    [
      'Cropping2D',
      [2, 6, 7],
      () =>
        tf.layers.cropping2D({
          cropping: [
            [1, 2],
            [0, 3],
          ],
          dataFormat,
        }),
    ],
    [
      'ZeroPadding2D',
      [2, 3, 4],
      () =>
        tf.layers.zeroPadding2d({
          padding: [
            [1, 2],
            [0, 3],
          ],
          dataFormat,
        }),
    ],
    ['Flatten', [2, 3, 4], () => tf.layers.flatten({ dataFormat })],
  ] as const)('%s', async (_, inputShape, layer) => {
    expect(await agreementOf(stack([...inputShape], [layer()]))).toEqual(AGREEMENT);
  });
});

test('refuses Conv1D with channels first, which tfjs does not turn back and does not save', async () => {
  const files = await saveModel(
    stack([3, 3], [tf.layers.conv1d({ filters: 2, kernelSize: 1, name: 'turned' })]),
  );
  const text = JSON.stringify(files.modelJson).replace(
    '"kernel_size"',
    '"data_format":"channels_first","kernel_size"',
  );
  const conversion = convertLayersModel({ ...files, modelJson: JSON.parse(text) });
  await expect(conversion).rejects.toMatchObject({ name: 'UnsupportedOpError', node: 'turned' });
});

describe('BatchNormalization', () => {
  test.each([
    [[5], -1],
    [[6, 3], -1],
    [[4, 5, 3], -1],
    [[4, 5, 3], 3],
  ])('of %j over axis %i', async (inputShape, axis) => {
    for (const settings of [{}, { scale: false }, { center: false, epsilon: 0.1 }]) {
      expect(
        await agreementOf(stack(inputShape, [tf.layers.batchNormalization({ axis, ...settings })])),
      ).toEqual(AGREEMENT);
    }
  });
});

test('refuses BatchNormalization over another axis than the last, where the backends of tfjs disagree', async () => {
  const model = stack([4, 5, 3], [tf.layers.batchNormalization({ axis: 1, name: 'other' })]);
  await expect(convertLayersModel(await saveModel(model))).rejects.toMatchObject({ node: 'other' });
});

describe('Dot', () => {
  test.each([
    [[4], [4], 1],
    [[4], [4], -1],
    [[4, 3], [4, 5], 1],
    [[4, 3], [5, 3], 2],
    [
      [4, 3],
      [3, 5],
      [2, 1],
    ],
    [
      [4, 3],
      [5, 4],
      [1, 2],
    ],
    [[4, 3], [3], [2, 1]],
    [[4, 3], [4], [1, 1]],
    [[3], [4, 3], [1, 2]],
    [[3], [3, 4], [1, 1]],
  ])('of %j and %j along %j', async (one, other, axes) => {
    for (const normalize of [false, true]) {
      const inputs = [tf.input({ shape: one }), tf.input({ shape: other })];
      const layer = tf.layers.dot({ axes: axes as number, normalize });
      expect(await agreementOf(tf.model({ inputs, outputs: apply(layer, inputs) }))).toEqual(AGREEMENT);
    }
  });
});

describe('layers that prepare data', () => {
  /** A layer that gives what it gets, in a list of sizes of its own. */
  const identity = (targetShape: readonly number[]) => tf.layers.reshape({ targetShape: [...targetShape] });

  test.each([
    [
      [8, 9],
      [4, 5],
    ],
    [
      [8, 9],
      [8, 9],
    ],
    [
      [9, 8],
      [4, 7],
    ],
    [
      [8, 9],
      [1, 1],
    ],
    [
      [7, 7],
      [6, 7],
    ],
    [
      [7, 7],
      [6, 6],
    ],
  ] as const)('CenterCrop of %j to %j', async ([rows, columns], [height, width]) => {
    const model = stack(
      [rows, columns, 2],
      [identity([rows, columns, 2]), tf.layers.centerCrop({ height, width })],
    );
    expect(await agreementOf(model)).toEqual(AGREEMENT);
  });

  test.each([
    ['oneHot', [[1], [0], [3], [2]]],
    [
      'multiHot',
      [
        [1, 1, 0],
        [3, 2, 2],
      ],
    ],
    [
      'count',
      [
        [1, 1, 0],
        [3, 2, 2],
      ],
    ],
  ] as const)('CategoryEncoding, %s', async (outputMode, rows) => {
    const layer = tf.layers.categoryEncoding({ numTokens: 5, outputMode });
    const inputs = [tf.tensor2d(rows.map((row) => [...row]))];
    expect(
      await agreementOf(stack([rows[0].length], [identity([rows[0].length]), layer]), { inputs }),
    ).toEqual(AGREEMENT);
  });

  test.each([
    ['CenterCrop', [8, 9, 3], () => tf.layers.centerCrop({ height: 4, width: 5, name: 'first' })],
    [
      'CategoryEncoding',
      [3],
      () => tf.layers.categoryEncoding({ numTokens: 5, outputMode: 'count', name: 'first' }),
    ],
  ] as const)('refuses %s right behind an input, which tfjs cannot run', async (_, inputShape, layer) => {
    for (const before of [[], [tf.layers.reLU()]]) {
      const model = stack([...inputShape], [...before, layer()]);
      await expect(convertLayersModel(await saveModel(model))).rejects.toMatchObject({ node: 'first' });
    }
  });

  test('Rescaling', async () => {
    expect(
      await agreementOf(stack([4, 5, 3], [tf.layers.rescaling({ scale: 1 / 127.5, offset: -1 })])),
    ).toEqual(AGREEMENT);
  });
});
