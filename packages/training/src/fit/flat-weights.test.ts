import tf from '@tensorflow/tfjs';
import { selectBackend } from '../backend/select-backend.ts';
import { assignFlat, fillKernels, flatten } from './flat-weights.ts';

const SHAPES = [[3, 3, 1, 2], [2], [4, 5], [5], [1]];

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await selectBackend(backend);
  });

  test('variables are joined in order and take their parts back', () => {
    const variables = SHAPES.map((shape) => tf.variable(tf.zeros(shape)));
    const total = variables.reduce((sum, { size }) => sum + size, 0);
    const before = tf.memory().numTensors;
    const values = Float32Array.from({ length: total }, (_, index) => index / 3);
    tf.tidy(() => assignFlat(variables, tf.tensor1d(values)));
    expect(variables.map(({ shape }) => shape)).toEqual(SHAPES);
    expect(variables[1]?.dataSync()).toEqual(values.slice(18, 20));
    expect(tf.tidy(() => flatten(variables).dataSync())).toEqual(values);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(variables);
  });

  test('kernels are those with two axes or more', () => {
    const variables = SHAPES.map((shape) => tf.variable(tf.zeros(shape)));
    const filled = tf.tidy(() => [...fillKernels(variables, 2).dataSync()]);
    expect(filled).toEqual([...Array(18).fill(2), 0, 0, ...Array(20).fill(2), 0, 0, 0, 0, 0, 0]);
    tf.dispose(variables);
  });
});
