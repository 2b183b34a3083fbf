import { cp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import tf from '@tensorflow/tfjs';
import { selectBackend } from '../backend/select-backend.ts';
import { emptyFolder, writeImageFolder } from '../dataset/image-folder.test-support.ts';
import { loadTrainedModel } from '../evaluate/load-trained-model.ts';
import { residualArchitecture } from '../model/residual.ts';
import { fit, type FitParams } from './fit.ts';
import type { FitOptions } from './fit-options.ts';
import { NoCommonLayersError, takeInitialWeights } from './initial-weights.ts';
import { InterruptedError } from './interrupted-error.ts';
import type { RunMode } from './plan-run.ts';
import { ChangedSettingsError } from './settings-changes.ts';

const train = async (changes: Partial<FitOptions> = {}, params: Partial<FitParams> = {}): Promise<string> => {
  const { out = join(await emptyFolder(), 'model') } = params;
  await fit({
    options: {
      data: await writeImageFolder({ classes: ['a', 'b'], splits: { train: 2, val: 1 } }),
      architecture: 'residual',
      seed: 1,
      settings: { epochs: 1, stepsPerEpoch: 1, batchSize: 2, cropPx: 16 },
      ...changes,
    },
    cacheDir: await emptyFolder(),
    backend: 'wasm',
    workers: 0,
    ...params,
    out,
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

test('a stopped run goes on only from the model that it started from, wherever that lies', async () => {
  const first = await train();
  const [moved, replaced] = [join(await emptyFolder(), 'moved'), join(await emptyFolder(), 'replaced')];
  const data = await writeImageFolder({ classes: ['a', 'b'], splits: { train: 2, val: 1 } });
  const out = join(await emptyFolder(), 'model');
  const settings = { epochs: 2, stepsPerEpoch: 2, batchSize: 1, cropPx: 16 };
  const run = (init: string, stopAt: 'onStep' | 'onStart', mode: RunMode): Promise<string> => {
    const stop = new AbortController();
    const observer = { [stopAt]: () => stop.abort() };
    return train({ data, settings, init }, { out, mode, signal: stop.signal, observer });
  };
  await expect(run(first, 'onStep', 'new')).rejects.toThrow(InterruptedError);
  await cp(first, replaced, { recursive: true });
  await writeFile(join(replaced, 'weights.bin'), (await readFile(join(first, 'weights.bin'))).fill(1, 0, 4));
  const changed = run(replaced, 'onStart', 'resume');
  await expect(changed).rejects.toThrow(ChangedSettingsError);
  await expect(changed).rejects.toThrow(/init: "\w{12}…" → /u);
  await rename(first, moved);
  await expect(run(moved, 'onStart', 'resume')).rejects.toMatchObject({ name: 'InterruptedError', step: 1 });
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
