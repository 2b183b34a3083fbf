import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportModel } from '@mien/export/folder';
import { runParity, RUNTIMES } from './run-parity.ts';
import { ReferenceModelError } from './runtimes/tfjs.ts';
import { writeTrainedModel } from './trained-model.test-support.ts';

const FIXTURES = new URL('../../../test-fixtures/', import.meta.url);

/** Those that are there on every machine on which the tests run; the others may be missing, but never differ. */
const EVERYWHERE = new Set(['node-cpu', 'node-wasm', 'chromium-wasm', 'chromium-webgpu']);

describe('the parity of an exported model', () => {
  let folder: string;
  let graphFile: string;
  let modelFolder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mien-parity-'));
    const outFolder = join(folder, 'export');
    graphFile = join(outFolder, 'model.onnx');
    modelFolder = join(folder, 'trained');
    await writeTrainedModel(modelFolder);
    await exportModel({ modelFolder, outFolder, fixtures: FIXTURES });
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('holds on every runtime there is', async () => {
    const { rows } = await runParity({ graphFile, modelFolder, count: 2 });
    expect(rows.map(({ runtime }) => runtime)).toEqual(RUNTIMES.map(({ id }) => id));
    for (const { runtime, verdict, provider, faces } of rows) {
      expect({ runtime, verdict }).toEqual({
        runtime,
        verdict: EVERYWHERE.has(runtime) ? 'agrees' : expect.stringMatching(/^(agrees|missing)$/u),
      });
      if (verdict === 'agrees') expect(provider).toContain(runtime.split('-')[1]);
      expect(faces).toBe(2);
    }
  });

  test('holds for the main head of a model with several', async () => {
    const twoHeads = join(folder, 'two-heads');
    await writeTrainedModel(twoHeads, { otherHead: true });
    await exportModel({ modelFolder: twoHeads, outFolder: join(twoHeads, 'onnx'), fixtures: FIXTURES });
    const runtimes = RUNTIMES.filter(({ id }) => id === 'node-wasm' || id === 'node-cpu');
    const graph = join(twoHeads, 'onnx', 'model.onnx');
    const { rows } = await runParity({ graphFile: graph, modelFolder: twoHeads, runtimes, count: 2 });
    expect(rows.map(({ verdict }) => verdict)).toEqual(['agrees', 'agrees']);
  });

  test('does not hold with a model that was trained further since', async () => {
    const other = join(folder, 'other');
    await writeTrainedModel(other, { gain: 1.01 });
    const runtimes = RUNTIMES.filter(({ id }) => id === 'node-wasm');
    const { rows } = await runParity({ graphFile, modelFolder: other, runtimes, count: 2 });
    expect(rows).toMatchObject([{ runtime: 'node-wasm', verdict: 'differs' }]);
  });

  test('says of a graph that is not the one of its card that it failed, and why', async () => {
    const torn = join(folder, 'torn');
    await exportModel({ modelFolder, outFolder: torn, fixtures: FIXTURES });
    const graph = await readFile(join(torn, 'model.onnx'));
    await writeFile(join(torn, 'model.onnx'), graph.subarray(0, -1));
    const runtimes = RUNTIMES.filter(({ id }) => id === 'node-wasm' || id === 'node-cpu');
    const { rows } = await runParity({
      graphFile: join(torn, 'model.onnx'),
      modelFolder,
      runtimes,
      count: 1,
    });
    expect(rows).toHaveLength(2);
    for (const { verdict, reason } of rows) {
      expect(verdict).toBe('failed');
      expect(reason).toContain('GraphMismatchError');
    }
  });

  test('cannot be told without the trained model', async () => {
    await expect(runParity({ graphFile, modelFolder: join(folder, 'none') })).rejects.toThrow(
      ReferenceModelError,
    );
  });
});
