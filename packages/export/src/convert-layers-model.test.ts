import * as tf from '@tensorflow/tfjs';
import { apply, compareWithTfjs, randomizeWeights, saveModel, stack } from './agreement.test-support.ts';
import { convertLayersModel, DynamicShapeError } from './convert-layers-model.ts';
import { UnsupportedOpError } from './layers/layer-call.ts';

const conv = (filters: number, strides = 1): tf.layers.Layer =>
  tf.layers.conv2d({ filters, kernelSize: 3, strides, padding: 'same', useBias: false });

const convBnRelu = (features: tf.SymbolicTensor, filters: number, strides = 1): tf.SymbolicTensor =>
  apply(tf.layers.reLU(), apply(tf.layers.batchNormalization({}), apply(conv(filters, strides), features)));

/** Squeeze-and-excitation beside a residual branch, in the two ways in which people write it. */
const excite = (features: tf.SymbolicTensor, filters: number, dense: boolean): tf.SymbolicTensor => {
  const pooled = apply(tf.layers.globalAveragePooling2d({}), features);
  const spread = tf.layers.reshape({ targetShape: [1, 1, filters] });
  const layer = (units: number, activation: 'relu' | 'sigmoid') =>
    dense
      ? tf.layers.dense({ units, activation })
      : tf.layers.conv2d({ filters: units, kernelSize: 1, activation });
  const start = dense ? pooled : apply(spread, pooled);
  const gates = apply(layer(filters, 'sigmoid'), apply(layer(2, 'relu'), start));
  return apply(tf.layers.multiply(), [features, dense ? apply(spread, gates) : gates]);
};

const residualModel = (dense: boolean): tf.LayersModel => {
  const pixels = tf.input({ shape: [11, 13, 1] });
  const scaled = apply(tf.layers.rescaling({ scale: 1 / 127.5, offset: -1 }), pixels);
  const stem = convBnRelu(scaled, 4, 2);
  const inner = apply(tf.layers.batchNormalization({}), apply(conv(8, 2), convBnRelu(stem, 8)));
  const shortcut = apply(tf.layers.conv2d({ filters: 8, kernelSize: 1, strides: 2 }), stem);
  const joined = apply(tf.layers.add(), [excite(inner, 8, dense), shortcut]);
  const pooled = apply(tf.layers.globalAveragePooling2d({}), apply(tf.layers.reLU(), joined));
  const logits = apply(tf.layers.dense({ units: 5 }), apply(tf.layers.dropout({ rate: 0.4 }), pooled));
  return randomizeWeights(
    tf.model({ inputs: pixels, outputs: apply(tf.layers.softmax({ axis: -1 }), logits) }),
  );
};

const plainCnn = (): tf.LayersModel =>
  stack(
    [14, 14, 3],
    [
      tf.layers.rescaling({ scale: 1 / 255 }),
      tf.layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: 5, kernelSize: 3, activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 8, activation: 'relu' }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  );

describe('convertLayersModel', () => {
  test('writes a plain CNN with as few nodes as by hand', async () => {
    const { ops, largestDifference, graph } = await compareWithTfjs(plainCnn());
    expect(largestDifference).toBeLessThan(1e-5);
    expect(ops.join(' ')).toBe('Mul Conv Relu MaxPool Conv Relu MaxPool Flatten Gemm Relu Gemm Softmax');
    expect(graph.inputs[0]?.value.shape).toEqual(['N', 3, 14, 14]);
    expect(graph.outputs[0]?.value.shape).toEqual(['N', 3]);
  });

  test.each([1, 3])('agrees with tfjs at batch size %i', async (batch) => {
    const { largestDifference } = await compareWithTfjs(plainCnn(), { batch });
    expect(largestDifference).toBeLessThan(1e-5);
  });

  test.each([
    { name: 'dense layers', dense: true },
    { name: '1×1 convolutions', dense: false },
  ])('writes residual blocks with squeeze-and-excitation by $name', async ({ dense }) => {
    const { ops, largestDifference } = await compareWithTfjs(residualModel(dense));
    expect(largestDifference).toBeLessThan(1e-5);
    expect(ops).not.toContain('Transpose');
    expect(ops).not.toContain('BatchNormalization');
    const reshapes = ops.filter((op) => op === 'Reshape');
    expect(reshapes).toHaveLength(dense ? 1 : 0);
  });

  test('keeps batch normalisation that no convolution comes before', async () => {
    const model = stack(
      [6, 6, 2],
      [tf.layers.batchNormalization({}), tf.layers.reLU(), conv(3), tf.layers.globalMaxPooling2d({})],
    );
    const { ops, largestDifference } = await compareWithTfjs(model);
    expect(largestDifference).toBeLessThan(1e-5);
    expect(ops.join(' ')).toBe('BatchNormalization Relu Conv GlobalMaxPool Flatten');
  });

  test('folds batch normalisation on either side of a dense layer', async () => {
    const model = stack(
      [4, 4, 2],
      [
        tf.layers.flatten(),
        tf.layers.batchNormalization({}),
        tf.layers.dense({ units: 6 }),
        tf.layers.batchNormalization({}),
        tf.layers.reLU(),
        tf.layers.dense({ units: 2 }),
      ],
    );
    const { ops, largestDifference } = await compareWithTfjs(model);
    expect(largestDifference).toBeLessThan(1e-5);
    expect(ops.join(' ')).toBe('Flatten Gemm Relu Gemm');
  });

  test('does not fold batch normalisation into a convolution that others read too', async () => {
    const input = tf.input({ shape: [5, 5, 2] });
    const features = apply(conv(3), input);
    const normal = apply(tf.layers.batchNormalization({}), features);
    const model = tf.model({ inputs: input, outputs: apply(tf.layers.add(), [normal, features]) });
    const { ops, largestDifference } = await compareWithTfjs(randomizeWeights(model));
    expect(largestDifference).toBeLessThan(1e-5);
    expect(ops.join(' ')).toBe('Conv BatchNormalization Add');
  });

  test('writes mobile blocks: padding, strided depthwise convolution, ReLU6', async () => {
    const model = stack(
      [9, 9, 3],
      [
        tf.layers.zeroPadding2d({
          padding: [
            [0, 1],
            [0, 1],
          ],
        }),
        tf.layers.depthwiseConv2d({ kernelSize: 3, strides: 2, useBias: false }),
        tf.layers.batchNormalization({}),
        tf.layers.reLU({ maxValue: 6 }),
        tf.layers.separableConv2d({ filters: 4, kernelSize: 3, padding: 'same' }),
        tf.layers.globalAveragePooling2d({}),
      ],
    );
    const { ops, largestDifference } = await compareWithTfjs(model);
    expect(largestDifference).toBeLessThan(1e-5);
    expect(ops.join(' ')).toBe('Conv Clip Conv Conv GlobalAveragePool Flatten');
  });

  test('writes dense connections and a flattened join without Transposes', async () => {
    const input = tf.input({ shape: [6, 6, 2] });
    const first = convBnRelu(input, 3);
    const joined = apply(tf.layers.concatenate({}), [input, first]);
    const second = apply(tf.layers.averagePooling2d({ poolSize: 2 }), convBnRelu(joined, 4));
    const flat = apply(tf.layers.reLU(), apply(tf.layers.flatten(), second));
    const model = tf.model({ inputs: input, outputs: apply(tf.layers.dense({ units: 3 }), flat) });
    const { ops, largestDifference } = await compareWithTfjs(randomizeWeights(model));
    expect(largestDifference).toBeLessThan(1e-5);
    expect(ops).not.toContain('Transpose');
  });

  test('writes models inside models, and layers that are called twice', async () => {
    const backbone = stack([6, 6, 2], [conv(3), tf.layers.reLU(), tf.layers.globalAveragePooling2d({})]);
    const [left, right] = [tf.input({ shape: [6, 6, 2] }), tf.input({ shape: [6, 6, 2] })];
    const joined = apply(tf.layers.concatenate({}), [apply(backbone, left), apply(backbone, right)]);
    const model = tf.model({ inputs: [left, right], outputs: apply(tf.layers.dense({ units: 2 }), joined) });
    const { ops, largestDifference } = await compareWithTfjs(randomizeWeights(model));
    expect(largestDifference).toBeLessThan(1e-5);
    expect(ops.filter((op) => op === 'Conv')).toHaveLength(2);
  });

  test('names inputs and outputs as asked, and as the model does otherwise', async () => {
    const files = await saveModel(plainCnn());
    const own = await convertLayersModel(files);
    const named = await convertLayersModel({
      ...files,
      inputNames: ['pixels'],
      outputNames: ['probabilities'],
    });
    expect(own.inputs[0]?.name).toMatch(/^input/u);
    expect([named.inputs[0]?.name, named.outputs[0]?.name]).toEqual(['pixels', 'probabilities']);
  });

  test('refuses a layer without converter, naming it', async () => {
    const resizing = {
      height: 8,
      width: 8,
      interpolation: 'bilinear',
      cropToAspectRatio: false,
      name: 'resize',
    };
    const model = stack(
      [4, 6, 3],
      [tf.layers.resizing(resizing as Parameters<typeof tf.layers.resizing>[0])],
    );
    const conversion = convertLayersModel(await saveModel(model));
    await expect(conversion).rejects.toThrow(UnsupportedOpError);
    await expect(conversion).rejects.toMatchObject({ op: 'Resizing', node: 'resize' });
  });

  test('refuses a setting without ONNX form, naming the layer', async () => {
    const model = stack([4, 6], [tf.layers.batchNormalization({ axis: 1, name: 'odd' })]);
    await expect(convertLayersModel(await saveModel(model))).rejects.toMatchObject({
      name: 'UnsupportedOpError',
      node: 'odd',
    });
  });

  test('refuses an input whose size is not fixed', async () => {
    const input = tf.input({ shape: [null, null, 3], name: 'any_size' });
    const model = tf.model({ inputs: input, outputs: apply(conv(2), input) });
    await expect(convertLayersModel(await saveModel(model))).rejects.toThrow(DynamicShapeError);
  });
});
