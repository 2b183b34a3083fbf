import { createRandom, largestDifference } from '@mien/contract';
import * as tf from '@tensorflow/tfjs';
import { AGREEMENT, agreementOf, apply, randomizeWeights, saveModel } from '../agreement.test-support.ts';
import { convertLayersModel } from '../convert-layers-model.ts';
import { optimizeGraph } from '../passes/optimize-graph.ts';
import { runOnnxOutputs, type FloatArray } from '../verify/run-onnx.ts';
import { writeOnnx } from '../write/write-onnx.ts';

const { layers } = tf;

const convolved = (x: tf.SymbolicTensor, filters: number, kernelSize = 3): tf.SymbolicTensor => {
  const conv = layers.conv2d({ filters, kernelSize, padding: 'same', useBias: false });
  return apply(layers.reLU(), apply(layers.batchNormalization({}), apply(conv, x)));
};

const join = (...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor => apply(layers.concatenate(), inputs);

/** An encoder and a decoder for images, with shortcuts between them. */
const uNet = (size: number | null): tf.LayersModel => {
  const image = tf.input({ shape: [size, size, 3] });
  const fine = convolved(image, 4);
  const coarse = convolved(apply(layers.maxPooling2d({ poolSize: 2 }), fine), 6);
  const bottom = convolved(apply(layers.maxPooling2d({ poolSize: 2 }), coarse), 8);
  const up = apply(
    layers.conv2dTranspose({ filters: 6, kernelSize: 3, strides: 2, padding: 'same' }),
    bottom,
  );
  const middle = convolved(join(up, coarse), 6);
  const top = apply(layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }), middle);
  const classes = layers.conv2d({ filters: 3, kernelSize: 1, activation: 'softmax' });
  return tf.model({ inputs: image, outputs: apply(classes, convolved(join(top, fine), 4)) });
};

/** Word numbers; the rest of each sentence is zeros. */
const sentences = (count: number, length: number, words: number): tf.Tensor => {
  const random = createRandom(9);
  return tf.tensor2d(
    Array.from({ length: count }, (_, at) =>
      Array.from({ length }, (_unused, place) =>
        place > length - 1 - at ? 0 : 1 + random.integer(words - 1),
      ),
    ),
  );
};

const words = (): tf.layers.Layer => layers.embedding({ inputDim: 30, outputDim: 6, maskZero: true });

describe('networks', () => {
  test('a classifier of texts of any length', async () => {
    const text = tf.input({ shape: [8] });
    const both = layers.bidirectional({
      layer: layers.lstm({ units: 4, returnSequences: true }),
      mergeMode: 'concat',
    });
    const read = apply(layers.gru({ units: 5 }), apply(both, apply(words(), text)));
    const model = tf.model({
      inputs: text,
      outputs: apply(layers.dense({ units: 3, activation: 'softmax' }), read),
    });
    expect(await agreementOf(randomizeWeights(model), { inputs: [sentences(4, 8, 30)] })).toEqual(AGREEMENT);
  });

  test("a translator: the encoder's state starts the decoder", async () => {
    const inputs = [tf.input({ shape: [7] }), tf.input({ shape: [5] })] as const;
    const [source, target] = inputs.map((input) => apply(words(), input)) as [
      tf.SymbolicTensor,
      tf.SymbolicTensor,
    ];
    const [, state] = layers.gru({ units: 6, returnState: true }).apply(source) as tf.SymbolicTensor[];
    const decoder = layers.gru({ units: 6, returnSequences: true, recurrentActivation: 'sigmoid' });
    const decoded = apply(decoder, [target, state as tf.SymbolicTensor]);
    const next = layers.timeDistributed({ layer: layers.dense({ units: 30, activation: 'softmax' }) });
    const model = randomizeWeights(tf.model({ inputs: [...inputs], outputs: apply(next, decoded) }));
    const fed = [sentences(3, 7, 30), sentences(3, 5, 30)];
    expect(await agreementOf(model, { inputs: fed })).toEqual(AGREEMENT);
  });

  test('attention made of Dense, Dot and Softmax', async () => {
    const input = tf.input({ shape: [6, 8] });
    const [query, key, value] = [0, 1, 2].map(() => apply(layers.dense({ units: 8 }), input)) as [
      tf.SymbolicTensor,
      tf.SymbolicTensor,
      tf.SymbolicTensor,
    ];
    const scores = apply(layers.dot({ axes: [2, 2] }), [query, key]);
    const weights = apply(layers.softmax({ axis: -1 }), scores);
    const seen = apply(layers.dot({ axes: [2, 1] }), [weights, value]);
    const normal = apply(layers.layerNormalization({}), apply(layers.add(), [input, seen]));
    const outputs = apply(layers.dense({ units: 2, activation: 'gelu' }), normal);
    expect(await agreementOf(randomizeWeights(tf.model({ inputs: input, outputs })))).toEqual(AGREEMENT);
  });

  test('a video: a model for each picture, and a recurrent layer over them', async () => {
    const picture = tf.sequential({
      layers: [
        layers.conv2d({ inputShape: [8, 8, 2], filters: 3, kernelSize: 3, activation: 'relu' }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
      ],
    });
    const model = tf.sequential();
    model.add(layers.timeDistributed({ inputShape: [4, 8, 8, 2], layer: picture }));
    model.add(layers.bidirectional({ layer: layers.gru({ units: 3 }), mergeMode: 'ave' }));
    expect(await agreementOf(randomizeWeights(model))).toEqual(AGREEMENT);
  });

  test('one model called twice, with two outputs', async () => {
    const inner = (() => {
      const input = tf.input({ shape: [6, 6, 2] });
      return tf.model({
        inputs: input,
        outputs: [convolved(input, 2), apply(layers.globalMaxPooling2d({}), input)],
      });
    })();
    const image = tf.input({ shape: [6, 6, 2] });
    const [once, first] = inner.apply(image) as tf.SymbolicTensor[];
    const [twice, second] = inner.apply(once as tf.SymbolicTensor) as tf.SymbolicTensor[];
    const sum = apply(layers.add(), [first as tf.SymbolicTensor, second as tf.SymbolicTensor]);
    const model = randomizeWeights(tf.model({ inputs: image, outputs: [twice as tf.SymbolicTensor, sum] }));
    expect(await agreementOf(model)).toEqual(AGREEMENT);
  });

  test('a U-Net of one size, and of any', async () => {
    expect(await agreementOf(randomizeWeights(uNet(12)))).toEqual(AGREEMENT);
    const model = randomizeWeights(uNet(null));
    const params = { ...(await saveModel(model)), hasOpenSizes: true, imageLayout: 'channels-last' as const };
    const graph = optimizeGraph(await convertLayersModel(params));
    for (const size of [8, 16]) {
      const image = tf.randomNormal([2, size, size, 3], 0, 1, 'float32', size);
      const feed = { data: image.dataSync() as Float32Array, shape: image.shape };
      const results = await runOnnxOutputs(writeOnnx(graph), { [graph.inputs[0]?.name ?? '']: feed });
      const [actual] = Object.values(results) as [FloatArray];
      const expected = model.predict(image) as tf.Tensor;
      expect(actual.shape).toEqual(expected.shape);
      expect(largestDifference(expected.dataSync(), actual.data)).toBeLessThan(1e-5);
    }
  });
});
