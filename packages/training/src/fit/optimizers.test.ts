import { createRandom } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { createOptimizer } from './optimizers.ts';
import type { OptimizerName } from './recipe.ts';

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

interface RunParams {
  readonly optimizer: OptimizerName;
  readonly start: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly learningRate: number;
  readonly momentum?: number;
  readonly decay?: readonly number[];
}

const run = ({ optimizer, start, gradients, learningRate, momentum, decay }: RunParams): number[] =>
  tf.tidy(() => {
    const made = createOptimizer({ optimizer, ...(momentum === undefined ? {} : { momentum }) });
    let parameters = tf.tensor1d([...start]);
    let slots: readonly tf.Tensor1D[] = made.slots.map(() => tf.zerosLike(parameters));
    for (const [index, gradient] of gradients.entries()) {
      ({ parameters, slots } = made.update({
        parameters,
        gradient: tf.tensor1d([...gradient]),
        slots,
        learningRate,
        step: index + 1,
        decay: decay === undefined ? undefined : tf.tensor1d([...decay]),
      }));
    }
    return [...parameters.dataSync()];
  });

const random = createRandom(1);
const start = Array.from({ length: 6 }, () => random.normal());
const gradients = Array.from({ length: 5 }, () => Array.from({ length: 6 }, () => random.normal()));

const runTfjs = (optimizer: tf.Optimizer): number[] => {
  const variable = tf.variable(
    tf.tensor1d(start),
    true,
    `oracle-${optimizer.getClassName()}-${Math.abs(variables++)}`,
  );
  for (const gradient of gradients) {
    tf.tidy(() => optimizer.applyGradients({ [variable.name]: tf.tensor1d(gradient) }));
  }
  return [...variable.dataSync()];
};
let variables = 0;

test.each<[OptimizerName, () => tf.Optimizer]>([
  ['sgd', () => tf.train.sgd(0.05)],
  ['momentum', () => tf.train.momentum(0.05, 0.8)],
  ['nesterov', () => tf.train.momentum(0.05, 0.8, true)],
  ['adam', () => tf.train.adam(0.05)],
])('%s takes the steps that tfjs takes', (optimizer, oracle) => {
  const momentum = optimizer === 'momentum' || optimizer === 'nesterov' ? { momentum: 0.8 } : {};
  const expected = runTfjs(oracle());
  for (const [index, value] of run({
    optimizer,
    start,
    gradients,
    learningRate: 0.05,
    ...momentum,
  }).entries()) {
    expect(value).toBeCloseTo(expected[index] as number, 5);
  }
});

test('weight decay is added to the gradient, and only where it is not 0', () => {
  // 2 − 0.1·(1 + 0.5·2) = 1.8; 2 − 0.1·1 = 1.9
  const result = run({
    optimizer: 'sgd',
    start: [2, 2],
    gradients: [[1, 1]],
    learningRate: 0.1,
    decay: [0.5, 0],
  });
  expect(result[0]).toBeCloseTo(1.8, 6);
  expect(result[1]).toBeCloseTo(1.9, 6);
});

test('AdamW shrinks the weights apart from the gradient', () => {
  // Adam's first step is learning rate · sign(gradient): 2 − 0.1 − 0.1·0.5·2 = 1.8, and 1.9 without decay.
  const result = run({
    optimizer: 'adamw',
    start: [2, 2],
    gradients: [[3, 3]],
    learningRate: 0.1,
    decay: [0.5, 0],
  });
  expect(result[0]).toBeCloseTo(1.8, 5);
  expect(result[1]).toBeCloseTo(1.9, 5);
});

test('Adam takes decay into the gradient, where its scaling undoes most of it', () => {
  const result = run({
    optimizer: 'adam',
    start: [2, 2],
    gradients: [[3, 3]],
    learningRate: 0.1,
    decay: [0.5, 0],
  });
  expect(result[0]).toBeCloseTo(1.9, 5);
  expect(result[1]).toBeCloseTo(1.9, 5);
});
