import * as tf from '@tensorflow/tfjs';
import { compareWithTfjs, saveModel, stack } from '../agreement.test-support.ts';
import { UnsupportedOpError } from '../layers/layer-call.ts';
import { MissingWeightsError, WeightSizeError } from './join-weights.ts';
import { loadLayersModel } from './load-layers-model.ts';
import { NotATfjsModelError, type ModelFiles, type WeightSpec } from './model-files.ts';
import { NonFiniteWeightError, readWeights } from './read-weights.ts';

interface Json {
  modelTopology: Record<string, unknown>;
  weightsManifest: { paths: string[]; weights: WeightSpec[] }[];
}

const model = (): tf.LayersModel =>
  stack(
    [6, 6, 2],
    [
      tf.layers.conv2d({ filters: 3, kernelSize: 3 }),
      tf.layers.batchNormalization({}),
      tf.layers.flatten(),
      tf.layers.dense({ units: 4 }),
    ],
  );

const jsonOf = (files: ModelFiles): Json => JSON.parse(JSON.stringify(files.modelJson)) as Json;

const bytesOf = (files: ModelFiles): Uint8Array => files.weights['weights.bin'] as Uint8Array;

const elements = (shape: readonly number[]): number => shape.reduce((count, dim) => count * dim, 1);

/** One weight group per weight, each cut into shards of a few bytes that do not end with elements. */
const shatter = (files: ModelFiles): ModelFiles => {
  const json = jsonOf(files);
  const weights: Record<string, Uint8Array> = {};
  let offset = 0;
  json.weightsManifest = (json.weightsManifest[0]?.weights ?? []).map((spec, group) => {
    const bytes = bytesOf(files).slice(offset, offset + 4 * elements(spec.shape));
    offset += bytes.length;
    const paths = Array.from(
      { length: Math.ceil(bytes.length / 10) },
      (_, shard) => `group${group}-${shard}.bin`,
    );
    for (const [shard, path] of paths.entries()) weights[path] = bytes.slice(shard * 10, (shard + 1) * 10);
    return { paths, weights: [spec] };
  });
  return { modelJson: json, weights };
};

type Quantization = 'uint8' | 'uint16' | 'float16';

/** Half-precision bits of powers of two and their halves, which need no rounding: sign, 5 bits exponent, 10 fraction. */
const halfBits = (value: number): number => {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
};

/** Stores weights as multiples of a step, which all three types hold exactly; gives the same model both ways. */
const quantize = (files: ModelFiles, dtype: Quantization): { quantized: ModelFiles; plain: ModelFiles } => {
  const json = jsonOf(files);
  const specs = json.weightsManifest[0]?.weights ?? [];
  const levels = new Float32Array(bytesOf(files).buffer.slice(0)).map((value) =>
    Math.round(Math.min(Math.abs(value), 3) * 32),
  );
  const plain = levels.map((level) => level / 64 + 0.25);
  const bytes = {
    uint8: () => Uint8Array.from(levels),
    uint16: () => new Uint8Array(Uint16Array.from(levels).buffer),
    float16: () => new Uint8Array(Uint16Array.from(plain, halfBits).buffer),
  };
  const quantization = dtype === 'float16' ? { dtype } : { dtype, scale: 1 / 64, min: 0.25 };
  const weights = specs.map(({ name, shape }) => ({ name, shape, dtype: 'float32', quantization }));
  return {
    quantized: {
      modelJson: { ...json, weightsManifest: [{ paths: ['weights.bin'], weights }] },
      weights: { 'weights.bin': bytes[dtype]() },
    },
    plain: { modelJson: json, weights: { 'weights.bin': new Uint8Array(plain.buffer) } },
  };
};

describe('loadLayersModel', () => {
  test('reads several weight groups of several shards', async () => {
    const original = model();
    const { largestDifference } = await compareWithTfjs(original, {
      files: shatter(await saveModel(original)),
    });
    expect(largestDifference).toBeLessThan(1e-5);
  });

  test.each(['uint8', 'uint16', 'float16'] as const)('reads weights quantised to %s', async (dtype) => {
    const { quantized, plain } = quantize(await saveModel(model()), dtype);
    const reference = await loadLayersModel(plain);
    const { largestDifference } = await compareWithTfjs(reference, { files: quantized });
    expect(largestDifference).toBeLessThan(1e-5);
  });

  test('names the shard that is missing', async () => {
    const { modelJson } = await saveModel(model());
    await expect(loadLayersModel({ modelJson, weights: {} })).rejects.toThrow(MissingWeightsError);
    await expect(loadLayersModel({ modelJson, weights: {} })).rejects.toMatchObject({ path: 'weights.bin' });
  });

  test.each([-4, 4])('refuses shards of %i bytes more than the manifest says', async (extra) => {
    const files = await saveModel(model());
    const length = bytesOf(files).length;
    const bytes = new Uint8Array(length + extra);
    const loading = loadLayersModel({ ...files, weights: { 'weights.bin': bytes } });
    await expect(loading).rejects.toThrow(WeightSizeError);
    await expect(loading).rejects.toMatchObject({ expectedBytes: length, actualBytes: length + extra });
  });

  test('refuses a weight type that it does not know', async () => {
    const files = await saveModel(model());
    const json = jsonOf(files);
    json.weightsManifest[0]?.weights.splice(0, 1, { name: 'w', shape: [1], dtype: 'bfloat16' });
    await expect(loadLayersModel({ ...files, modelJson: json })).rejects.toThrow(NotATfjsModelError);
  });

  test('says what tfjs-layers says when it cannot build the model', async () => {
    const files = await saveModel(model());
    const json = jsonOf(files);
    json.weightsManifest[0]?.weights.splice(0, 1, { name: 'other', shape: [3, 3, 2, 3], dtype: 'float32' });
    await expect(loadLayersModel({ ...files, modelJson: json })).rejects.toThrow(
      /no target variable: other/u,
    );
  });

  test('refuses a layer class that only its author has, before reading weights', async () => {
    const modelTopology = {
      class_name: 'Sequential',
      config: { layers: [{ class_name: 'MyAttention', config: { name: 'attend' } }] },
    };
    const loading = loadLayersModel({ modelJson: { modelTopology, weightsManifest: [] }, weights: {} });
    await expect(loading).rejects.toThrow(UnsupportedOpError);
    await expect(loading).rejects.toMatchObject({ op: 'MyAttention', node: 'attend' });
  });
});

describe('readWeights', () => {
  test.each([NaN, Infinity])('refuses a weight that is %p', async (bad) => {
    const files = await saveModel(model());
    const floats = new Float32Array(bytesOf(files).buffer.slice(0));
    floats[1] = bad;
    const loaded = await loadLayersModel({
      ...files,
      weights: { 'weights.bin': new Uint8Array(floats.buffer) },
    });
    await expect(readWeights(loaded)).rejects.toThrow(NonFiniteWeightError);
    await expect(readWeights(loaded)).rejects.toMatchObject({ count: 1, total: 54 });
  });
});
