import { describeError } from '@mien/contract';
import * as tf from '@tensorflow/tfjs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { InferenceSession } from 'onnxruntime-node';
import { saveModel, stack } from '../agreement.test-support.ts';
import { withFolder } from '../folder/model-folder.test-support.ts';
import { constant, fed, tinyFiles, weights } from '../graph-model.test-support.ts';
import type { ModelFiles } from '../read/model-files.ts';
import { IR_VERSIONS } from '../write/lower-opset.ts';
import { convertFile } from './convert-file.ts';
import type { ConvertOptions } from './convert-options.ts';

const DEFAULTS = {
  opset: 18,
  channelsFirst: false,
  shape: {},
  verify: false,
  verbose: false,
  floatLayers: 2,
  errorTarget: 0.005,
};

const graphModel = (): ModelFiles =>
  tinyFiles({
    operands: { x: fed([2, 4]), kernel: weights([4, 3]), axes: constant([1]) },
    nodes: [
      { name: 'product', op: 'MatMul', input: ['x', 'kernel'] },
      { name: 'mean', op: 'Mean', input: ['product', 'axes'] },
    ],
    outputs: ['product', 'mean'],
    isBatchOpen: true,
  }).files;

const layersModel = (): Promise<ModelFiles> =>
  saveModel(
    stack(
      [10, 10, 3],
      [tf.layers.conv2d({ filters: 2, kernelSize: 3 }), tf.layers.flatten(), tf.layers.dense({ units: 5 })],
    ),
  );

interface Json {
  modelTopology: {
    node: { name: string; op?: string; input: string[] }[];
    config: { layers: { class_name: string; config: object }[] };
  };
  weightsManifest: {
    paths: unknown[];
    weights: { name: string; shape: number[]; dtype: string; quantization?: object }[];
  }[];
}

const writeModel = async (
  folder: string,
  { modelJson, weights: shards }: ModelFiles,
  change: (json: Json) => void = () => undefined,
): Promise<string> => {
  const json = structuredClone(modelJson) as Json;
  change(json);
  await writeFile(join(folder, 'model.json'), JSON.stringify(json));
  await writeFile(join(folder, 'weights.bin'), shards['weights.bin'] as Uint8Array);
  return join(folder, 'model.json');
};

/** Keeps what commands say off the tests' own output. */
const silently = async <T>(run: () => Promise<T>): Promise<T> => {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = () => true;
  try {
    return await run();
  } finally {
    process.stdout.write = write;
  }
};

/** The line that a conversion ends with; nothing else may have come of it. */
const refusalOf = async (
  folder: string,
  path: string,
  options: Partial<ConvertOptions> = { out: join(folder, 'out', 'model.onnx') },
): Promise<string> => {
  const before = (await readdir(folder, { recursive: true })).sort();
  const line = await silently(() =>
    convertFile(path, { ...DEFAULTS, ...options }).then(
      () => 'converted',
      (error: unknown) => describeError(error),
    ),
  );
  expect((await readdir(folder, { recursive: true })).sort()).toEqual(before);
  expect(line).not.toMatch(/^Unexpected|\n/u);
  return line;
};

describe('convertFile', () => {
  test.each(Object.keys(IR_VERSIONS).map(Number))('writes operator set %i, proved', (opset) =>
    withFolder(async (folder) => {
      const path = await writeModel(folder, graphModel());
      const out = join(folder, 'model.onnx');
      await silently(() => convertFile(path, { ...DEFAULTS, out, opset, verify: true }));
      const session = await InferenceSession.create(out);
      expect(session.outputNames).toEqual(['product', 'mean']);
      await session.release();
    }),
  );
});

describe('a model that is damaged is refused in one line, and nothing is written', () => {
  test.each<[string, string | Buffer, string]>([
    ['text', 'hello', 'model.json is not JSON; give the model.json of a TensorFlow.js model'],
    ['nothing', '', 'is not JSON'],
    ['a binary file', Buffer.from([8, 1, 0x12, 0xff]), 'is not JSON'],
    ['a list', '[1]', 'This is not a TensorFlow.js model'],
    ['a package.json', '{"name": "x"}', 'it has no weightsManifest'],
    [
      'half a gzip file',
      gzipSync('{"modelTopology": {}}').subarray(0, 18),
      'is gzip that cannot be unpacked',
    ],
  ])('where the file holds %s', (_, content, message) =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'model.json'), content);
      expect(await refusalOf(folder, folder)).toContain(message);
    }),
  );

  test.each<[string, (json: Json) => void, string]>([
    [
      'a weight file has no name',
      ({ weightsManifest: [group] }) => void (group!.paths = [3]),
      'weightsManifest is malformed',
    ],
    [
      'a weight file lies outside',
      ({ weightsManifest: [group] }) => void (group!.paths = ['../weights.bin']),
      'which lies outside',
    ],
    [
      'a weight file is named from the root',
      ({ weightsManifest: [group] }) => void (group!.paths = ['/weights.bin']),
      'which lies outside',
    ],
    [
      'a type is unknown',
      ({ weightsManifest: [group] }) => void (group!.weights[0]!.dtype = 'bfloat16'),
      'unknown dtype "bfloat16"',
    ],
    [
      'bytes have no scale',
      ({ weightsManifest: [group] }) => void (group!.weights[0]!.quantization = { dtype: 'uint8' }),
      'weightsManifest is malformed',
    ],
    [
      'weights are larger than the file',
      ({ weightsManifest: [group] }) => void (group!.weights[0]!.shape = [1e9, 1e9]),
      'hold 52 bytes, the manifest says',
    ],
    [
      'a node has no operation',
      ({ modelTopology: { node } }) => void delete node[0]!.op,
      'not a list of nodes with name and op',
    ],
    [
      'there are no nodes',
      ({ modelTopology }) => void (modelTopology.node = []),
      'no node of it gives an output',
    ],
    [
      'nodes read each other',
      ({ modelTopology: { node } }) => void (node.find(({ name }) => name === 'product')!.input[0] = 'mean'),
      'never computed, as its nodes read each other in a circle',
    ],
    [
      'a node reads one that is not there',
      ({ modelTopology: { node } }) => void (node.find(({ name }) => name === 'product')!.input[0] = 'gone'),
      'that reads "gone", which is not in the file',
    ],
    [
      'an operation is unknown',
      ({ modelTopology: { node } }) => void (node.find(({ name }) => name === 'mean')!.op = 'Strange'),
      'Cannot convert: Strange (node "mean")',
    ],
  ])('where %s', (_, change, message) =>
    withFolder(async (folder) => {
      expect(await refusalOf(folder, await writeModel(folder, graphModel(), change))).toContain(message);
    }),
  );

  test.each<[string, (json: Json) => void, string]>([
    [
      'is unknown',
      ({ modelTopology: { config } }) => void (config.layers.at(-1)!.class_name = 'Attention9'),
      'Cannot convert op "Attention9"',
    ],
    [
      'has no settings',
      ({ modelTopology: { config } }) => void (config.layers.at(-1)!.config = {}),
      'tfjs-layers cannot build it',
    ],
  ])('where a layer %s', (_, change, message) =>
    withFolder(async (folder) => {
      expect(await refusalOf(folder, await writeModel(folder, await layersModel(), change))).toContain(
        message,
      );
    }),
  );

  test('where a weight file is missing, a folder, too long, or not whole gzip', () =>
    withFolder(async (folder) => {
      const path = await writeModel(folder, graphModel());
      const shard = join(folder, 'weights.bin');
      const bytes = await readFile(shard);
      await writeFile(shard, Buffer.concat([bytes, bytes]));
      expect(await refusalOf(folder, path)).toContain('hold 104 bytes, the manifest says 52');
      await writeFile(shard, gzipSync(bytes).subarray(0, 20));
      expect(await refusalOf(folder, path)).toContain('weights.bin is gzip that cannot be unpacked');
      await rm(shard);
      expect(await refusalOf(folder, path)).toContain('"weights.bin" is missing');
      await mkdir(shard);
      expect(await refusalOf(folder, path)).toContain('weights.bin cannot be read');
    }));
});

describe('an output that cannot be written is refused in one line, and no other file stays', () => {
  test.each<[string, (folder: string) => Partial<ConvertOptions>, string]>([
    [
      'is a folder',
      (folder) => ({ out: join(folder, 'taken') }),
      'taken: it is a folder; give the path of a file in it',
    ],
    [
      'lies below a file',
      (folder) => ({ out: join(folder, 'weights.bin', 'model.onnx') }),
      'check its rights',
    ],
    [
      'is of a report below a file',
      (folder) => ({ out: join(folder, 'out', 'm.onnx'), report: join(folder, 'weights.bin', 'r.json') }),
      'r.json: check its rights',
    ],
    [
      'is of a report that is a folder',
      (folder) => ({ out: join(folder, 'out', 'm.onnx'), report: join(folder, 'taken') }),
      'taken: check its rights',
    ],
    [
      'is a repository below a file',
      (folder) => ({ triton: join(folder, 'weights.bin', 'served') }),
      'served: check its rights',
    ],
    [
      'is a repository below a file, beside a good one',
      (folder) => ({ out: join(folder, 'out', 'm.onnx'), triton: join(folder, 'weights.bin', 'served') }),
      'served: check its rights',
    ],
  ])('where it %s', (_, optionsFor, message) =>
    withFolder(async (folder) => {
      const path = await writeModel(folder, graphModel());
      await mkdir(join(folder, 'taken'));
      expect(await refusalOf(folder, path, optionsFor(folder))).toContain(message);
    }),
  );
});

describe('options that do not fit are refused in one line', () => {
  test.each<[Partial<ConvertOptions>, string]>([
    [{ calibrate: 'pictures' }, '--calibrate is for int8, which is not asked for'],
    [{ ranges: 'r.json', precision: ['fp16'] }, '--ranges is for int8, which is not asked for'],
    [{ precision: ['int8'] }, 'int8 needs to know what numbers flow in the model'],
    [{ inputRange: { min: 0, max: 1 } }, 'is for fp16, int8 and --verify, which is not asked for'],
    [
      { precision: ['int8'], calibrate: 'nowhere' },
      'There are no pictures in nowhere: there is no such folder',
    ],
    [{ precision: ['int8'], ranges: 'nowhere.json' }, 'Cannot take activation ranges from nowhere.json'],
    [
      { precision: ['fp16'], inputMean: [1, 2] },
      '2 means or deviations are given, and the model takes 3 channels',
    ],
    [{ labels: 'names.txt' }, '--labels is for --triton, which is not asked for'],
    [
      { labels: 'nowhere.txt', triton: 'served' },
      'Cannot take labels from nowhere.txt: there is no such file',
    ],
    [
      { shape: { images: [1, 10, 10, 3] } },
      '--shape speaks of "images", and the model has no such input. It has ',
    ],
  ])('%j', (options, message) =>
    withFolder(async (folder) => {
      const path = await writeModel(folder, await layersModel());
      expect(await refusalOf(folder, path, options)).toContain(message);
    }),
  );

  test('labels of another number than any output has', () =>
    withFolder(async (folder) => {
      const path = await writeModel(folder, await layersModel());
      await writeFile(join(folder, 'names.txt'), 'one\ntwo\n');
      const options = { triton: join(folder, 'served'), labels: join(folder, 'names.txt') };
      expect(await refusalOf(folder, path, options)).toContain(
        'There are 2 labels, and no output gives as many',
      );
    }));
});
