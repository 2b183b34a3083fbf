import { createRandom } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { fuseBatchNormalization } from './fuse-batch-normalization.ts';
import { selectBackend, type BackendName } from './select-backend.ts';

/** Those of the backends with fused kernels that run here. */
const backends: BackendName[] = [];
for (const name of ['wasm', 'tensorflow'] as const) {
  await selectBackend(name).then(
    () => backends.push(name),
    () => undefined,
  );
}

const random = createRandom(3);
const values = (...shape: number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal() * 2 + 0.5),
    shape,
  );

const build = (): tf.LayersModel =>
  tf.sequential({ layers: [tf.layers.batchNormalization({ inputShape: [6, 5, 3], momentum: 0.9 })] });

/** One step forward and back: output, gradients with respect to the input and the weights, running statistics. */
const step = (model: tf.LayersModel, x: tf.Tensor, towards: tf.Tensor): tf.Tensor[] => {
  const output = model.apply(x, { training: true }) as tf.Tensor;
  const loss = (input: tf.Tensor): tf.Scalar =>
    (model.apply(input, { training: true }) as tf.Tensor).mul(towards).square().sum();
  const dx = tf.grad(loss)(x);
  const { grads } = tf.variableGrads(() => loss(x));
  return [output, dx, ...Object.values(grads), ...model.getWeights().slice(-2)];
};

describe.each(backends)('fused batch normalisation on %s', (backend) => {
  beforeAll(async () => {
    await selectBackend(backend);
  });

  test('agrees with the composed layer', () => {
    const [plain, fused] = [build(), build()];
    const weights = plain.getWeights().map((weight) =>
      values(...weight.shape)
        .abs()
        .add(0.1),
    );
    plain.setWeights(weights);
    fused.setWeights(weights);
    fuseBatchNormalization(fused);
    const [x, towards] = [values(4, 6, 5, 3), values(4, 6, 5, 3)];
    const [expected, got] = [step(plain, x, towards), step(fused, x, towards)];
    expect(got).toHaveLength(expected.length);
    for (const [index, tensor] of expected.entries()) {
      const size = tensor.abs().max().dataSync()[0] as number;
      const difference = (got[index] as tf.Tensor).sub(tensor).abs().max().dataSync()[0] as number;
      expect(difference / size).toBeLessThan(2e-5);
    }
  });

  test('leaves inference alone', () => {
    const model = build();
    const x = values(2, 6, 5, 3);
    const before = (model.predict(x) as tf.Tensor).dataSync();
    fuseBatchNormalization(model);
    expect((model.predict(x) as tf.Tensor).dataSync()).toEqual(before);
  });

  test('leaves no tensor behind', () => {
    const model = build();
    fuseBatchNormalization(model);
    const x = values(4, 6, 5, 3);
    const loss = (input: tf.Tensor): tf.Scalar =>
      (model.apply(input, { training: true }) as tf.Tensor).square().sum();
    tf.dispose(tf.grad(loss)(x));
    const count = tf.memory().numTensors;
    tf.dispose(tf.grad(loss)(x));
    expect(tf.memory().numTensors).toBe(count);
  });
});
