import { createRandom, largestDifference } from '@mien/contract';
import * as tf from '@tensorflow/tfjs';
import {
  AGREEMENT,
  agreementOf,
  apply,
  compareWithTfjs,
  randomizeWeights,
  saveModel,
  stack,
} from '../agreement.test-support.ts';
import { convertLayersModel } from '../convert-layers-model.ts';
import { optimizeGraph } from '../passes/optimize-graph.ts';
import { runOnnx } from '../verify/run-onnx.ts';
import { writeOnnx } from '../write/write-onnx.ts';

type Sequences = 'GRU' | 'LSTM' | 'SimpleRNN';

const build = {
  GRU: (settings: object) => tf.layers.gru({ units: 3, ...settings }),
  LSTM: (settings: object) => tf.layers.lstm({ units: 3, ...settings }),
  SimpleRNN: (settings: object) => tf.layers.simpleRNN({ units: 3, ...settings }),
};

const cells = {
  GRU: (units: number, settings: object = {}) => tf.layers.gruCell({ units, ...settings }),
  LSTM: (units: number, settings: object = {}) => tf.layers.lstmCell({ units, ...settings }),
  SimpleRNN: (units: number, settings: object = {}) => tf.layers.simpleRNNCell({ units, ...settings }),
};

const NAMES = Object.keys(build) as Sequences[];

const all = (layer: tf.layers.Layer, inputs: tf.SymbolicTensor | tf.SymbolicTensor[]): tf.SymbolicTensor[] =>
  [layer.apply(inputs)].flat() as tf.SymbolicTensor[];

/** Sequences of five steps of four features; some steps are all zeros, in one sequence all of them. */
const gappedSequences = (): tf.Tensor => {
  const random = createRandom(3);
  const counts = [
    [1, 1, 0, 1, 0],
    [0, 0, 1, 1, 1],
    [0, 0, 0, 0, 0],
    [1, 0, 1, 0, 1],
  ];
  return tf.tensor3d(
    counts.map((row) => row.map((one) => Array.from({ length: 4 }, () => one * random.normal()))),
  );
};

describe('recurrent layers', () => {
  const settings = [
    {},
    { returnSequences: true },
    { goBackwards: true },
    { goBackwards: true, returnSequences: true },
    { useBias: false },
    { activation: 'relu', recurrentActivation: 'sigmoid' },
    { activation: 'mish', recurrentActivation: 'softmax' },
    { activation: 'softmax', goBackwards: true, returnSequences: true },
    { unroll: false, dropout: 0.5, recurrentDropout: 0.5 },
  ];
  test.each(settings.flatMap((setting) => NAMES.map((name) => [name, setting] as const)))(
    '%s with %j',
    async (name, setting) => {
      expect(await agreementOf(stack([5, 4], [build[name](setting)]))).toEqual(AGREEMENT);
    },
  );

  test.each(NAMES)('%s is one operator of its own', async (name) => {
    const { ops } = await compareWithTfjs(stack([5, 4], [build[name]({})]));
    expect(ops).toEqual(['Transpose', name === 'SimpleRNN' ? 'RNN' : name, 'Squeeze']);
  });

  test.each(
    NAMES.flatMap((name) => [true, false].map((returnSequences) => [name, returnSequences] as const)),
  )('%s that gives its states and starts with given ones (sequences: %p)', async (name, returnSequences) => {
    const count = name === 'LSTM' ? 2 : 1;
    for (const activation of ['tanh', 'swish']) {
      const states = Array.from({ length: count }, () => tf.input({ shape: [3] }));
      const inputs = [tf.input({ shape: [5, 4] }), ...states];
      const layer = build[name]({ returnSequences, returnState: true, activation });
      const model = randomizeWeights(tf.model({ inputs, outputs: all(layer, inputs) }));
      expect(await agreementOf(model)).toEqual(AGREEMENT);
    }
  });

  test('refuses a layer that keeps its state between runs', async () => {
    const model = tf.sequential();
    model.add(tf.layers.lstm({ units: 2, stateful: true, batchInputShape: [2, 5, 3], name: 'kept' }));
    await expect(convertLayersModel(await saveModel(model))).rejects.toThrow(
      /LSTM that keeps its state between runs" \(node "kept"/u,
    );
  });
});

describe('cells', () => {
  test.each(
    NAMES.flatMap((name) =>
      [{}, { goBackwards: true, returnSequences: true }].map((one) => [name, one] as const),
    ),
  )('RNN of one %s cell, %j', async (name, settings) => {
    const layer = tf.layers.rnn({ cell: cells[name](3), ...settings });
    expect(await agreementOf(stack([5, 4], [layer]))).toEqual(AGREEMENT);
  });

  test.each([
    ['operators', {}],
    ['a scan', { activation: 'swish' }],
  ])('RNN of three cells with their states, as %s', async (_, settings) => {
    for (const goBackwards of [true, false]) {
      for (const returnSequences of [true, false]) {
        const cell = [cells.LSTM(4), cells.GRU(2, settings), cells.SimpleRNN(3)];
        const layer = tf.layers.rnn({ cell, returnSequences, goBackwards, returnState: true });
        const states = [3, 2, 4, 4].map((units) => tf.input({ shape: [units] }));
        const inputs = [tf.input({ shape: [5, 4] }), ...states];
        const outputs = all(layer, inputs);
        expect(await agreementOf(randomizeWeights(tf.model({ inputs, outputs })))).toEqual(AGREEMENT);
      }
    }
  });
});

describe('Bidirectional', () => {
  test.each(['concat', 'sum', 'ave', 'mul', null] as const)('merging by %s', async (mergeMode) => {
    for (const returnSequences of [true, false]) {
      const layer = tf.layers.gru({ units: 3, returnSequences });
      const input = tf.input({ shape: [5, 4] });
      const outputs = all(tf.layers.bidirectional({ layer, mergeMode: mergeMode as 'sum' }), input);
      expect(await agreementOf(randomizeWeights(tf.model({ inputs: input, outputs })))).toEqual(AGREEMENT);
    }
  });

  test('with states given and taken', async () => {
    const layer = tf.layers.lstm({ units: 3, returnState: true, returnSequences: true });
    const inputs = [
      tf.input({ shape: [5, 4] }),
      ...Array.from({ length: 4 }, () => tf.input({ shape: [3] })),
    ];
    const outputs = all(tf.layers.bidirectional({ layer, mergeMode: 'concat' }), inputs);
    expect(await agreementOf(randomizeWeights(tf.model({ inputs, outputs })))).toEqual(AGREEMENT);
  });
});

describe('masks', () => {
  const masked = (...layers: tf.layers.Layer[]) =>
    agreementOf(stack([5, 4], [tf.layers.masking({ maskValue: 0 }), ...layers]), {
      inputs: [gappedSequences()],
    });

  test('Masking alone sets steps to zero', async () => {
    const model = stack([5, 4], [tf.layers.masking({ maskValue: -1 })]);
    const inputs = [
      tf.tensor3d([
        [
          [-1, -1, -1, -1],
          [1, -1, 2, 3],
          [-1, -1, -1, -1],
          [4, 4, 4, 4],
          [0, 0, 0, 0],
        ],
      ]),
    ];
    expect(await agreementOf(model, { inputs })).toEqual(AGREEMENT);
  });

  test.each(NAMES)('%s leaves out steps, forwards and backwards', async (name) => {
    for (const goBackwards of [true, false]) {
      for (const returnSequences of [true, false]) {
        expect(await masked(build[name]({ goBackwards, returnSequences }))).toEqual(AGREEMENT);
      }
    }
  });

  test('stacked cells and stacked layers leave out the same steps', async () => {
    const cell = [cells.LSTM(4), cells.GRU(3)];
    expect(await masked(tf.layers.rnn({ cell, returnSequences: true }))).toEqual(AGREEMENT);
    expect(await masked(build.GRU({ returnSequences: true }), build.LSTM({}))).toEqual(AGREEMENT);
  });

  test.each([
    [
      'Dropout, Dense, Activation and BatchNormalization hand a mask on',
      () => [
        tf.layers.dropout({ rate: 0.5 }),
        tf.layers.dense({ units: 4 }),
        tf.layers.activation({ activation: 'relu' }),
        tf.layers.batchNormalization({}),
        tf.layers.layerNormalization({}),
        tf.layers.leakyReLU({}),
      ],
    ],
    [
      'TimeDistributed hands a mask on',
      () => [tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3 }) })],
    ],
    [
      'Conv1D drops a mask, and tfjs gives the last one to the next layer',
      () => [tf.layers.conv1d({ filters: 3, kernelSize: 3, padding: 'same' })],
    ],
  ])('%s', async (_, layers) => {
    expect(await masked(...layers(), build.LSTM({}))).toEqual(AGREEMENT);
  });

  test.each(['concat', 'sum'] as const)('Bidirectional leaves out steps, %s', async (mergeMode) => {
    for (const returnSequences of [true, false]) {
      const layer = tf.layers.lstm({ units: 3, returnSequences });
      const rest = returnSequences ? [tf.layers.gru({ units: 2 })] : [];
      expect(await masked(tf.layers.bidirectional({ layer, mergeMode }), ...rest)).toEqual(AGREEMENT);
    }
  });

  test('pooling, Flatten and Dense after a masked layer take no notice, as in tfjs', async () => {
    expect(await masked(tf.layers.globalAveragePooling1d(), tf.layers.dense({ units: 2 }))).toEqual(
      AGREEMENT,
    );
    expect(await masked(tf.layers.flatten(), tf.layers.dense({ units: 2 }))).toEqual(AGREEMENT);
  });

  test("an autoencoder's second half gets the mask of the first, as in tfjs", async () => {
    const half = [build.LSTM({}), tf.layers.repeatVector({ n: 5 })];
    expect(await masked(...half, build.LSTM({ returnSequences: true }))).toEqual(AGREEMENT);
    const other = stack(
      [5, 4],
      [tf.layers.masking(), build.LSTM({}), tf.layers.repeatVector({ n: 7 }), build.LSTM({ name: 'second' })],
    );
    await expect(convertLayersModel(await saveModel(other))).rejects.toThrow(
      /of 7 steps after a mask of 5.*second/u,
    );
  });

  test('Embedding leaves out words of number zero', async () => {
    const words = tf.layers.embedding({ inputDim: 6, outputDim: 4, maskZero: true });
    const inputs = [
      tf.tensor2d([
        [1, 2, 0, 0],
        [0, 0, 3, 5],
        [4, 0, 4, 1],
      ]),
    ];
    for (const layer of [build.LSTM({}), build.GRU({ returnSequences: true })]) {
      expect(await agreementOf(stack([4], [words, layer]), { inputs })).toEqual(AGREEMENT);
    }
  });

  test.each([
    ['side by side', -1],
    ['one behind the other', 1],
  ])('Concatenate, %s', async (_, axis) => {
    const inputs = [tf.input({ shape: [5, 4] }), tf.input({ shape: [5, 4] })];
    const both = inputs.map((input) => apply(tf.layers.masking(), input));
    const joined = apply(tf.layers.concatenate({ axis }), both);
    const model = randomizeWeights(tf.model({ inputs, outputs: apply(build.GRU({}), joined) }));
    const values = gappedSequences();
    expect(await agreementOf(model, { inputs: [values, tf.reverse(values, 1)] })).toEqual(AGREEMENT);
  });

  test('refuses masks that tfjs puts together wrongly, where a layer reads them', async () => {
    const inputs = [tf.input({ shape: [5, 4] }), tf.input({ shape: [5, 4] })];
    const both = inputs.map((input) => apply(tf.layers.masking(), input));
    const sum = apply(tf.layers.add(), both);
    const unread = tf.model({ inputs, outputs: apply(tf.layers.flatten(), sum) });
    expect(await agreementOf(unread)).toEqual(AGREEMENT);
    const read = tf.model({ inputs, outputs: apply(tf.layers.gru({ units: 2, name: 'reader' }), sum) });
    await expect(convertLayersModel(await saveModel(read))).rejects.toMatchObject({
      name: 'UnsupportedOpError',
      node: 'reader',
    });
  });
});

describe('open numbers of steps', () => {
  test.each([
    ['LSTM', () => [build.LSTM({ returnSequences: true })]],
    ['a masked GRU', () => [tf.layers.masking(), build.GRU({ goBackwards: true, returnSequences: true })]],
    ['TimeDistributed', () => [tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2 }) })]],
    [
      'TimeDistributed LayerNormalization',
      () => [tf.layers.timeDistributed({ layer: tf.layers.layerNormalization({}) })],
    ],
  ])('%s', async (_, layers) => {
    const input = tf.input({ shape: [null, 4] });
    const outputs = layers().reduce((x, layer) => apply(layer, x), input);
    const model = randomizeWeights(tf.model({ inputs: input, outputs }));
    const params = { ...(await saveModel(model)), hasOpenSizes: true };
    const graph = optimizeGraph(await convertLayersModel(params));
    for (const steps of [1, 6]) {
      const x = tf.randomNormal([3, steps, 4], 0, 1, 'float32', steps);
      const expected = model.predict(x) as tf.Tensor;
      const name = graph.inputs[0]?.name ?? '';
      const actual = await runOnnx(writeOnnx(graph), {
        [name]: { data: x.dataSync() as Float32Array, shape: x.shape },
      });
      expect(actual.shape).toEqual(expected.shape);
      expect(largestDifference(expected.dataSync(), actual.data)).toBeLessThan(1e-5);
    }
  });
});
