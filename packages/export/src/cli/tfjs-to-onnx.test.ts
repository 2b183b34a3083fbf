import { create, toBinary } from '@bufbuild/protobuf';
import * as tf from '@tensorflow/tfjs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { InferenceSession } from 'onnxruntime-node';
import { stack } from '../agreement.test-support.ts';
import { writeModelFolder } from '../folder/model-folder.test-support.ts';
import { TensorProto_DataType, TensorProtoSchema } from '../gen/onnx_pb.ts';
import { constant, fed, tinyFiles, weights, type TinyModel } from '../graph-model.test-support.ts';
import { numbered, writePictures } from '../pictures/pictures.test-support.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const run = (...options: string[]): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve, reject) => {
    const source = ['--conditions=@mien/source', '--import', './tools/register-source.mjs'];
    const child = spawn(
      process.execPath,
      [...source, 'packages/export/src/cli/tfjs-to-onnx.ts', ...options],
      {
        cwd: root,
      },
    );
    const text = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...text }));
  });

const withFolder = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'tfjs-to-onnx-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Dense layer, mean over what it makes, open batch. */
const small: TinyModel = {
  operands: { x: fed([2, 4]), kernel: weights([4, 3]), axes: constant([1]) },
  nodes: [
    { name: 'product', op: 'MatMul', input: ['x', 'kernel'] },
    { name: 'mean', op: 'Mean', input: ['product', 'axes'] },
  ],
  outputs: ['product', 'mean'],
  isBatchOpen: true,
};

type ModelJson = Record<string, unknown>;

const writeModel = async (
  folder: string,
  model = small,
  change: (json: ModelJson) => unknown = (json) => json,
) => {
  const { files } = tinyFiles(model);
  const path = join(folder, 'model.json');
  await writeFile(path, JSON.stringify(change(structuredClone(files.modelJson) as ModelJson)));
  await writeFile(join(folder, 'weights.bin'), files.weights['weights.bin'] as Uint8Array);
  return path;
};

/** The one line that a refused model gets, once nothing else is found to have been written. */
const refusalOf = async (path: string, folder: string): Promise<string> => {
  const { code, err } = await run(path, '-o', join(folder, 'out', 'model.onnx'));
  expect(code).toBe(1);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(await readdir(folder)).not.toContain('out');
  return err;
};

describe('tfjs-to-onnx', () => {
  test('converts, proves and reports', () =>
    withFolder(async (folder) => {
      const path = await writeModel(folder);
      const [out, report] = [join(folder, 'made', 'small.onnx'), join(folder, 'report.json')];
      const { code, out: text, err } = await run(path, '-o', out, '--verify', '--report', report);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(text).toContain('in  x: float32 [N, 4]');
      expect(text).toMatch(/batch 3: \S+ over 2 outputs/u);
      expect(await readdir(join(folder, 'made'))).toEqual(['small.onnx']);
      expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({
        kind: 'graph-model',
        nodes: 2,
        parameters: 13,
        ops: { Gemm: 1, ReduceMean: 1 },
        verification: { batches: [{ batch: 1 }, { batch: 3 }] },
      });
    }));

  test('reads gzip, and folders', () =>
    withFolder(async (folder) => {
      const path = await writeModel(folder);
      await writeFile(path, gzipSync(await readFile(path)));
      expect(await run(folder, '-o', join(folder, 'a.onnx'))).toMatchObject({ code: 0 });
    }));

  test('inspects, also what cannot be converted', () =>
    withFolder(async (folder) => {
      const path = await writeModel(folder);
      const good = await run('inspect', path);
      expect(good.code).toBe(0);
      expect(good.out).toContain('Can be converted: 2 nodes');
      const nodes = [
        { name: 'strange', op: 'Strange', input: ['x'] },
        { name: 'mean', op: 'Mean', input: ['strange', 'axes'] },
        { name: 'odd', op: 'Odd', input: ['x'] },
      ];
      await writeModel(folder, { ...small, nodes, outputs: ['mean', 'odd'] });
      const bad = await run('inspect', path);
      expect(bad.code).toBe(1);
      expect(bad.out).toContain('Cannot be converted, because of 2:');
      expect(bad.out).toContain('Strange (node "strange")');
      expect(bad.out).toContain('Odd (node "odd")');
    }));
});

/** A small classifier of RGB images in [0, 1], as a LayersModel. */
const writeClassifier = async (folder: string): Promise<string> => {
  const model = stack(
    [10, 10, 3],
    [
      tf.layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, activation: 'relu' }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 5, activation: 'softmax' }),
    ],
  );
  await writeModelFolder(folder, { model });
  return join(folder, 'model.json');
};

interface Report {
  readonly comparedOn: string;
  readonly files: readonly {
    readonly precision: string;
    readonly file: string;
    readonly bytes: number;
    readonly latencyMs: number;
    readonly differences: readonly { readonly mean: number }[];
  }[];
  readonly int8: { readonly images: number; readonly heldOut: number };
}

describe('tfjs-to-onnx --precision', () => {
  test('writes fp16 and int8 beside fp32, proved and measured, and the same int8 again from its ranges', () =>
    withFolder(async (folder) => {
      const [path, out] = [await writeClassifier(folder), join(folder, 'out', 'small.onnx')];
      await writePictures(join(folder, 'pictures'), numbered(30));
      const [report, ranges] = [join(folder, 'report.json'), join(folder, 'ranges.json')];
      const asked = ['--calibrate', join(folder, 'pictures'), '--input-range', '0..1', '--ranges', ranges];
      const options = ['--precision', 'fp32,fp16,int8', ...asked, '--verify', '--report', report];
      const { code, out: text, err } = await run(path, '-o', out, ...options);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(text).toContain('Read 30 inputs of 10 × 10 × 3');
      expect(text).toContain('numbers in [0, 1]');
      expect(text).toMatch(/ fp32 {2}.*\n {2}fp16 {2}.*\n {2}int8 {2}/u);
      expect((await readdir(join(folder, 'out'))).sort()).toEqual([
        'small.fp16.onnx',
        'small.int8.onnx',
        'small.onnx',
      ]);
      const { files, int8, comparedOn } = JSON.parse(await readFile(report, 'utf8')) as Report;
      expect(files.map(({ precision, file }) => `${precision} ${file}`)).toEqual([
        'fp32 small.onnx',
        'fp16 small.fp16.onnx',
        'int8 small.int8.onnx',
      ]);
      expect([int8.images, int8.heldOut, comparedOn]).toEqual([24, 6, '6 inputs held out of calibration']);
      for (const { differences, latencyMs } of files) {
        expect(differences[0]?.mean).toBeLessThan(0.02);
        expect(latencyMs).toBeGreaterThan(0);
      }
      const again = join(folder, 'again.onnx');
      expect(await run(path, '-o', again, '--precision', 'int8', '--ranges', ranges)).toMatchObject({
        code: 0,
        err: '',
      });
      const [first, second] = [await readFile(join(folder, 'out', 'small.int8.onnx')), await readFile(again)];
      expect(Buffer.compare(first, second)).toBe(0);
    }));

  test('takes and gives images channels first in every precision', () =>
    withFolder(async (folder) => {
      const [path, out] = [await writeClassifier(folder), join(folder, 'first.onnx')];
      await writePictures(join(folder, 'pictures'), numbered(20));
      const asked = ['--precision', 'int8', '--calibrate', join(folder, 'pictures'), '--input-range=-1..1'];
      const { code, out: text, err } = await run(path, '-o', out, '--channels-first', '--verify', ...asked);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(text).toContain('[N, 3, 10, 10]');
      expect(text).toContain('Read 20 inputs of 3 × 10 × 10');
    }));

  test('calibrates models that take no image on a file of inputs', () =>
    withFolder(async (folder) => {
      const path = await writeModel(folder);
      const pictures = join(folder, 'pictures');
      await writePictures(pictures, numbered(12));
      const refused = await run(
        path,
        '-o',
        join(folder, 'x.onnx'),
        '--precision',
        'int8',
        '--calibrate',
        pictures,
      );
      expect(refused.code).toBe(1);
      expect(refused.err).toContain('an ONNX TensorProto (.pb) of shape [count, 4], instead of pictures');
      expect(refused.err.trimEnd().split('\n')).toHaveLength(1);
      const tensor = create(TensorProtoSchema, {
        dims: [20n, 4n],
        dataType: TensorProto_DataType.FLOAT,
        floatData: Array.from({ length: 80 }, (_, index) => Math.sin(index)),
      });
      await writeFile(join(folder, 'inputs.pb'), toBinary(TensorProtoSchema, tensor));
      const asked = ['--precision', 'int8', '--calibrate', join(folder, 'inputs.pb'), '--verify'];
      expect(await run(path, '-o', join(folder, 'x.onnx'), ...asked)).toMatchObject({ code: 0, err: '' });
    }));
});

describe('tfjs-to-onnx --triton and --external-data', () => {
  test('write a repository whose graph, with its weights in another file, onnxruntime loads', () =>
    withFolder(async (folder) => {
      const [path, served] = [await writeModel(folder), join(folder, 'served')];
      await writeFile(join(folder, 'names.txt'), 'a\nb\nc\n');
      const options = ['--triton', served, '--labels', join(folder, 'names.txt'), '--external-data', '16'];
      const {
        code,
        out: text,
        err,
      } = await run(path, ...options, '-o', join(folder, 'small.onnx'), '--verify');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(text).toContain('small.onnx (0.00 MB with small.onnx.data');
      expect((await readdir(served, { recursive: true })).sort()).toEqual([
        'small',
        'small/1',
        'small/1/model.onnx',
        'small/1/model.onnx.data',
        'small/config.pbtxt',
        'small/labels.txt',
      ]);
      const config = await readFile(join(served, 'small', 'config.pbtxt'), 'utf8');
      expect(config).toContain('max_batch_size: 32');
      expect(config.match(/label_filename/gu)).toHaveLength(1);
      for (const file of [join(folder, 'small.onnx'), join(served, 'small', '1', 'model.onnx')]) {
        const session = await InferenceSession.create(file);
        expect(session.outputNames).toEqual(['product', 'mean']);
        await session.release();
      }
    }));
});

describe('tfjs-to-onnx refuses in one line, and writes nothing', () => {
  test('what is not there, not JSON, not a model', () =>
    withFolder(async (folder) => {
      expect(await refusalOf(join(folder, 'nowhere.json'), folder)).toMatch(/nowhere\.json is not there/u);
      await writeFile(join(folder, 'text.json'), 'no JSON');
      expect(await refusalOf(join(folder, 'text.json'), folder)).toMatch(/text\.json is not JSON/u);
      await writeFile(join(folder, 'other.json'), '{"weightsManifest": []}');
      expect(await refusalOf(join(folder, 'other.json'), folder)).toMatch(/not a TensorFlow\.js model/u);
      await writeFile(
        join(folder, 'half.json'),
        '{"modelTopology": {"node": [{"name": 1}]}, "weightsManifest": []}',
      );
      expect(await refusalOf(join(folder, 'half.json'), folder)).toMatch(/not a list of nodes/u);
    }));

  test('weights that are missing, short, elsewhere or not numbers', () =>
    withFolder(async (folder) => {
      const path = await writeModel(folder);
      const bin = join(folder, 'weights.bin');
      const bytes = await readFile(bin);
      await writeFile(bin, bytes.subarray(4));
      expect(await refusalOf(path, folder)).toMatch(/hold 48 bytes, the manifest says 52/u);
      await rm(bin);
      expect(await refusalOf(path, folder)).toMatch(/"weights\.bin" is missing/u);
      await writeFile(bin, Buffer.concat([Buffer.from(Float32Array.of(NaN).buffer), bytes.subarray(4)]));
      expect(await refusalOf(path, folder)).toMatch(/"kernel" has 1 of 12 values that are NaN/u);
      const outside = (json: ModelJson) => ({
        ...json,
        weightsManifest: [{ paths: ['../weights.bin'], weights: [] }],
      });
      expect(await refusalOf(await writeModel(folder, small, outside), folder)).toMatch(/lies outside/u);
    }));

  test('operations without ONNX form, all of them at once, and inputs of unknown rank', () =>
    withFolder(async (folder) => {
      const nodes = [
        { name: 'a', op: 'Strange', input: ['x'] },
        { name: 'b', op: 'Strange', input: ['x'] },
        { name: 'c', op: 'Odd', input: ['x'] },
      ];
      const model = { ...small, nodes, outputs: ['a', 'b', 'c'] };
      expect(await refusalOf(await writeModel(folder, model), folder)).toMatch(
        /Strange \(2 nodes, the first is "a"\).*Odd \(node "c"\)/u,
      );
      const path = await writeModel(folder, small, (json) => {
        const { node } = json['modelTopology'] as { node: { name: string; attr: unknown }[] };
        const input = node.find(({ name }) => name === 'x');
        if (input !== undefined)
          input.attr = { dtype: { type: 'DT_FLOAT' }, shape: { shape: { unknownRank: true } } };
        return json;
      });
      expect(await refusalOf(path, folder)).toMatch(/number of dimensions of input "x" is not known/u);
      expect(await run(path, '--shape', 'x=?,4', '-o', join(folder, 'x.onnx'))).toMatchObject({ code: 0 });
    }));

  test.each([
    [['--opset', '7'], "'7' is invalid. Give one of 16"],
    [['--precision', 'int8'], 'int8 needs to know what numbers flow in the model'],
  ])('what %j asks for', (options, message) =>
    withFolder(async (folder) => {
      const { code, err } = await run(await writeModel(folder), ...options);
      expect(code).toBe(1);
      expect(err).toContain(message);
    }),
  );
});
