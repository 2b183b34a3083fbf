import { join } from 'node:path';
import tf from '@tensorflow/tfjs';
import { selectBackend } from '../backend/select-backend.ts';
import { emptyFolder, writeImageFolder } from '../dataset/image-folder.test-support.ts';
import { loadTrainedModel } from '../evaluate/load-trained-model.ts';
import { residualArchitecture } from '../model/residual.ts';
import { fit } from './fit.ts';
import type { FitOptions } from './fit-options.ts';
import { NoCommonLayersError, takeInitialWeights } from './initial-weights.ts';

const train = async (changes: Partial<FitOptions> = {}): Promise<string> => {
  const out = join(await emptyFolder(), 'model');
  await fit({
    options: {
      data: await writeImageFolder({ classes: ['a', 'b'], splits: { train: 2, val: 1 } }),
      architecture: 'residual',
      seed: 1,
      settings: { epochs: 1, stepsPerEpoch: 1, batchSize: 2, cropPx: 16 },
      ...changes,
    },
    out,
    cacheDir: await emptyFolder(),
    backend: 'wasm',
    workers: 0,
  });
  return out;
};

const bytesOf = (tensors: tf.Tensor[]): number[] => tensors.flatMap((tensor) => [...tensor.dataSync()]);

test('a network takes over the layers that fit and leaves heads of other classes as they are', async () => {
  const folder = await train();
  await selectBackend('wasm');
  const model = residualArchitecture.build({ classes: 5, seed: 9 });
  const headBefore = bytesOf(model.getLayer('probabilities').getWeights());
  const { name, fresh } = await takeInitialWeights(model, [['a', 'b', 'c', 'd', 'e']], folder);
  expect({ name, fresh }).toEqual({ name: 'model', fresh: ['probabilities'] });
  const trained = await loadTrainedModel(folder);
  for (const layer of ['stem_conv', 'stage4_2_bn', 'stage1_gates'])
    expect(bytesOf(model.getLayer(layer).getWeights())).toEqual(
      bytesOf(trained.model.getLayer(layer).getWeights()),
    );
  expect(bytesOf(model.getLayer('probabilities').getWeights())).toEqual(headBefore);
});

test('a run that starts from a model says so in its card, and starts where that model is', async () => {
  const first = await train();
  const data = await writeImageFolder({ classes: ['a', 'b', 'c'], splits: { train: 2, val: 1 } });
  // A rate of almost nothing: what is in the weights afterwards was in them before.
  const settings = { epochs: 1, stepsPerEpoch: 1, batchSize: 2, cropPx: 16, learningRate: 1e-12 };
  const second = await train({ data, init: first, settings });
  await selectBackend('wasm');
  const [before, after] = [await loadTrainedModel(first), await loadTrainedModel(second)];
  expect(after.card.training.recipe).toMatchObject({ startedFrom: 'model' });
  expect(after.card.labels).toEqual(['a', 'b', 'c']);
  const [expected, actual] = [before, after].map(({ model }) =>
    bytesOf([model.getLayer('stage3_1_conv').getWeights()[0] as tf.Tensor]),
  ) as [number[], number[]];
  expect(
    Math.max(...actual.map((value, index) => Math.abs(value - (expected[index] as number)))),
  ).toBeLessThan(1e-6);
});

test('a head of as many but other labels starts anew', async () => {
  const folder = await train();
  await selectBackend('wasm');
  const model = residualArchitecture.build({ classes: 2, seed: 9 });
  expect(await takeInitialWeights(model, [['b', 'a']], folder)).toMatchObject({ fresh: ['probabilities'] });
  expect(await takeInitialWeights(model, [['a', 'b']], folder)).toMatchObject({ fresh: [] });
});

test('a model without a common layer is refused', async () => {
  const folder = await train();
  await selectBackend('wasm');
  const other = tf.sequential({ layers: [tf.layers.dense({ name: 'other', units: 2, inputShape: [3] })] });
  await expect(takeInitialWeights(other, [['a', 'b']], folder)).rejects.toThrow(NoCommonLayersError);
});
