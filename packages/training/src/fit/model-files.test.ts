import tf from '@tensorflow/tfjs';
import { foldTemperature } from './fold-temperature.ts';
import { toModelFiles } from './model-files.ts';
import { openNetwork } from './network.ts';
import { tinyModel } from './train.test-support.ts';

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

const predictions = (model: tf.LayersModel): number[] =>
  tf.tidy(() => [
    ...(model.predict(tf.randomUniform([4, 6, 6, 1], 0, 255, 'float32', 1)) as tf.Tensor).dataSync(),
  ]);

test('a model that is saved and loaded gives the same outputs, bit for bit', async () => {
  const model = tinyModel(1);
  const { json, weights } = await toModelFiles(model);
  const { modelTopology, weightsManifest } = JSON.parse(json) as {
    modelTopology: object;
    weightsManifest: [{ paths: string[]; weights: tf.io.WeightsManifestEntry[] }];
  };
  expect(weightsManifest[0].paths).toEqual(['weights.bin']);
  const loaded = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest[0].weights,
      weightData: Uint8Array.from(weights).buffer,
    }),
  );
  expect(predictions(loaded)).toEqual(predictions(model));
});

test('the same network gives the same bytes, whatever its dropout was last seeded with', async () => {
  const model = tinyModel(1);
  const network = openNetwork(model, 1);
  const before = await toModelFiles(model);
  network.seedDropout(7);
  network.seedDropout(null);
  const after = await toModelFiles(model);
  expect(after.json).toBe(before.json);
  expect(Buffer.from(after.weights).equals(Buffer.from(before.weights))).toBe(true);
});

test('a folded temperature is what dividing the logits gives', () => {
  const model = tinyModel(1);
  const before = predictions(model);
  foldTemperature(model, 2.5);
  const after = predictions(model);
  for (let row = 0; row < 4; row++) {
    const [first, second] = [before[row * 2] as number, before[row * 2 + 1] as number];
    const expected = first ** (1 / 2.5) / (first ** (1 / 2.5) + second ** (1 / 2.5));
    expect(after[row * 2]).toBeCloseTo(expected, 5);
  }
});
