import tf from '@tensorflow/tfjs';
import { selectBackend } from '../backend/select-backend.ts';
import { residualArchitecture } from '../model/residual.ts';
import { openNetwork, PrecisionUnavailableError } from './network.ts';

const buildTwoHeads = () =>
  residualArchitecture.build({
    classes: 3,
    secondHead: { name: 'own', classes: 2 },
    seed: 1,
    input: { widthPx: 8, heightPx: 8, channels: 1 },
  });

beforeAll(() => selectBackend('cpu'));

test('bfloat16 is refused on a backend without it', () => {
  expect(() => openNetwork(buildTwoHeads(), 1, 'bfloat16')).toThrow(PrecisionUnavailableError);
  expect(() => openNetwork(buildTwoHeads(), 1, 'bfloat16')).toThrow(
    'Cannot train in bfloat16: the cpu backend has no such type. Train in float32',
  );
});

test('the logits of two heads stand side by side, and each head learns from its own alone', () => {
  const network = openNetwork(buildTwoHeads(), 1);
  expect(network.classes).toEqual([3, 2]);
  network.seedDropout(0);
  const pixels = tf.randomUniform<tf.Rank.R4>([2, 8, 8, 1], 0, 255, 'float32', 5);
  const { logits, gradients } = network.differentiate(pixels, (both) =>
    both.slice([0, 3], [-1, 2]).square().sum<tf.Scalar>(),
  );
  expect(logits.shape).toEqual([2, 5]);
  const sizeOf = (name: string): number => {
    const index = network.trainables.findIndex((variable) => variable.name.startsWith(name));
    return gradients[index]?.norm().dataSync()[0] as number;
  };
  expect(sizeOf('probabilities/kernel')).toBe(0);
  expect(sizeOf('own/kernel')).toBeGreaterThan(0);
  expect(sizeOf('stem_conv/kernel')).toBeGreaterThan(0);
  network.dispose();
});

test('a network with two heads gives the probabilities of each in inference', () => {
  const model = buildTwoHeads();
  const [main, own] = model.predict(tf.ones([2, 8, 8, 1])) as tf.Tensor[];
  expect(model.outputs.map(({ sourceLayer }) => sourceLayer.name)).toEqual(['probabilities', 'own']);
  expect([main?.shape, own?.shape]).toEqual([
    [2, 3],
    [2, 2],
  ]);
});
