import { constant, fed, tinyFiles, weights, type TinyModel } from '../graph-model.test-support.ts';
import { saveModel, stack } from '../agreement.test-support.ts';
import * as tf from '@tensorflow/tfjs';
import { convert } from '../convert.ts';
import { convertModel } from '../convert-model.ts';
import { floatTensor } from '../graph/tensor.ts';
import type { Graph } from '../graph/graph.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { locateDifference } from './locate-difference.ts';
import { relativeDifference, type NumberArray } from './number-array.ts';
import { randomInputs } from './random-inputs.ts';
import { loadRunnable } from './run-model.ts';
import { ModelDifferenceError, verifyModel } from './verify-model.ts';

const model: TinyModel = {
  operands: { x: fed([2, 4]), kernel: weights([4, 3]), bias: weights([3]) },
  nodes: [
    { name: 'product', op: 'MatMul', input: ['x', 'kernel'] },
    { name: 'sum', op: 'AddV2', input: ['product', 'bias'] },
    { name: 'gate', op: 'Sigmoid', input: ['sum'] },
  ],
  outputs: ['gate', 'sum'],
  isBatchOpen: true,
};

/** The same graph with another bias. */
const broken = (graph: Graph): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((input) =>
      input.constant !== undefined && input.shape.join() === '3'
        ? { ...input, constant: { label: 'other', tensor: floatTensor([3], [9, 9, 9]) } }
        : input,
    ),
  })),
});

describe('verifyModel', () => {
  test('compares every output at several batch sizes', async () => {
    const { files } = tinyFiles(model);
    const { graph } = await convertModel(files);
    const agreements = await verifyModel({ files, graph, onnx: writeOnnx(graph) });
    expect(agreements.map(({ batch, outputs }) => [batch, outputs.map(({ name }) => name)])).toEqual([
      [1, ['gate', 'sum']],
      [3, ['gate', 'sum']],
    ]);
  });

  test('compares LayersModels with images as they have them', async () => {
    const files = await saveModel(stack([6, 6, 2], [tf.layers.conv2d({ filters: 3, kernelSize: 3 })]));
    const { graph } = await convertModel(files);
    expect(graph.inputs[0]?.value.shape).toEqual(['N', 6, 6, 2]);
    expect(await verifyModel({ files, graph, onnx: writeOnnx(graph) })).toHaveLength(2);
  });

  test('refuses a graph that differs, and says that it was optimised wrongly where the nodes agree', async () => {
    const { files } = tinyFiles(model);
    const { graph } = await convertModel(files);
    const verification = verifyModel({ files, graph, onnx: writeOnnx(broken(graph)) });
    await expect(verification).rejects.toThrow(ModelDifferenceError);
    await expect(verification).rejects.toMatchObject({ output: 'gate', batch: 1, node: undefined });
  });
});

describe('locateDifference', () => {
  test('names the first node that differs from another model', async () => {
    const { files } = tinyFiles(model);
    const other = await loadRunnable(
      tinyFiles({ ...model, operands: { ...model.operands, bias: constant([9, 9, 9], 'float32') } }).files,
    );
    const inputs = Object.values(randomInputs(await convert(files), 2));
    expect(await locateDifference(files, other, inputs, 1e-4)).toMatchObject({ node: 'sum' });
  });

  test('names a layer', async () => {
    const layers = () => [
      tf.layers.dense({ units: 3, name: 'first' }),
      tf.layers.dense({ units: 2, name: 'second' }),
    ];
    const [files, other] = [await saveModel(stack([4], layers())), stack([4], layers())];
    const bias = other.getLayer('second').weights.at(-1);
    bias?.write(tf.tensor1d([5, 5]));
    const runnable = await loadRunnable(await saveModel(other));
    const inputs = Object.values(randomInputs(await convert(files), 2));
    expect(await locateDifference(files, runnable, inputs, 1e-4)).toMatchObject({ node: 'second' });
  });

  test('looks at layers that are called twice, and at those that give several results', async () => {
    const input = tf.input({ shape: [4] });
    const shared = tf.layers.dense({ units: 4, activation: 'tanh' });
    const twice = shared.apply(shared.apply(input)) as tf.SymbolicTensor;
    const steps = tf.layers.repeatVector({ n: 3 }).apply(twice) as tf.SymbolicTensor;
    const outputs = tf.layers.lstm({ units: 2, returnState: true }).apply(steps) as tf.SymbolicTensor[];
    const files = await saveModel(tf.model({ inputs: input, outputs }));
    const { graph } = await convertModel(files);
    const runnable = await loadRunnable(files);
    const inputs = Object.values(randomInputs(graph, 2));
    expect(await locateDifference(files, runnable, inputs, 1e-4)).toEqual({ node: undefined, difference: 0 });
    runnable.dispose();
  });
});

describe('relativeDifference', () => {
  const array = (data: readonly number[], shape = [data.length]): NumberArray => ({
    dtype: 'float32',
    data,
    shape,
  });
  test.each([
    [[1, 2], [1, 2.5], 0.25],
    [[0.1], [0.2], 0.1],
    [[NaN, Infinity, -Infinity], [NaN, Infinity, -Infinity], 0],
    [[NaN], [0], Infinity],
    [[1000], [1001], 0.001],
  ])('of %j and %j is %p', (expected, actual, difference) => {
    expect(relativeDifference(array(expected), array(actual))).toBeCloseTo(difference, 6);
  });

  test('is infinite where shapes differ', () => {
    expect(relativeDifference(array([1, 2]), array([1, 2], [2, 1]))).toBe(Infinity);
  });
});
