import { checkGolden, goldenInput, parseModelCard, type ModelCard, type Precision } from '@mien/contract';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RangesMismatchError, type ActivationRanges } from '../precision/activation-ranges.ts';
import type { ImageSet } from '../precision/image-set.ts';
import { PrecisionLossError } from '../precision/verify-precision.ts';
import { randomSet } from '../verify/input-sets.ts';
import { runOnnxOutputs } from '../verify/run-onnx.ts';
import { exportModel, type ExportedModel } from './export-model.ts';
import { smallCard, twoHeads, withFolder, writeModelFolder } from './model-folder.test-support.ts';
import { NoCalibrationError, type PrecisionRequest } from './precision-request.ts';

const fixtures = new URL('../../../../test-fixtures/', import.meta.url);

const noise = (): Promise<ImageSet> => {
  const { data, shape } = randomSet(smallCard().input, 60).pixels;
  return Promise.resolve({ count: 60, shape: shape.slice(1), data });
};

const request = (
  precisions: readonly Precision[],
  more: Partial<PrecisionRequest> = {},
): PrecisionRequest => ({
  precisions,
  errorTarget: 0.01,
  floatBudget: 1,
  ...more,
});

const run = (folder: string, precisions: PrecisionRequest, out = 'out'): Promise<ExportedModel> =>
  exportModel({ modelFolder: folder, outFolder: join(folder, out), fixtures, precisions });

const read = async (folder: string, name: string): Promise<{ onnx: Buffer; card: ModelCard }> => ({
  onnx: await readFile(join(folder, 'out', `${name}.onnx`)),
  card: parseModelCard(JSON.parse(await readFile(join(folder, 'out', `${name}.card.json`), 'utf8'))),
});

describe('exportModel, in several precisions', () => {
  test('writes each graph and the card that belongs to it, which the graph keeps', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      await run(folder, request(['fp32', 'fp16', 'int8'], { readCalibration: noise }));
      const names = ['model', 'model.fp16', 'model.int8'];
      expect(await readdir(join(folder, 'out'))).toEqual(
        names.flatMap((name) => [`${name}.card.json`, `${name}.onnx`]).toSorted(),
      );
      const precisions: Precision[] = [];
      for (const name of names) {
        const { onnx, card } = await read(folder, name);
        precisions.push(card.graph.precision);
        expect(card.graph.file).toBe(`${name}.onnx`);
        expect(card.graph.bytes).toBe(onnx.length);
        expect(card.graph.sha256).toBe(createHash('sha256').update(onnx).digest('hex'));
        const input = { pixels: { data: goldenInput(card), shape: [2, 1, 12, 12] } };
        const { probabilities } = await runOnnxOutputs(onnx, input);
        expect(checkGolden(card, probabilities?.data ?? [])).toBeLessThan(1e-5);
      }
      expect(precisions).toEqual(['fp32', 'fp16', 'int8']);
    }));

  test('writes the precisions alone that are asked for', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      await run(folder, request(['fp16']));
      expect(await readdir(join(folder, 'out'))).toEqual(['model.fp16.card.json', 'model.fp16.onnx']);
    }));

  test('makes the same int8 bytes from ranges, without the images', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      const first = await run(folder, request(['int8'], { readCalibration: noise }));
      const second = await run(folder, request(['int8'], { ranges: first.ranges }), 'again');
      expect(first.calibration).toBeDefined();
      expect(second.calibration).toBeUndefined();
      expect(second.graphs.map(({ card }) => card)).toEqual(first.graphs.map(({ card }) => card));
    }));

  test('keeps every head in every precision', () =>
    withFolder(async (folder) => {
      const { model, card } = twoHeads();
      await writeModelFolder(folder, { model, card });
      const { graphs } = await run(folder, request(['fp16', 'int8'], { readCalibration: noise }));
      for (const { card: written, agreements } of graphs) {
        expect(written.graph.otherOutputs?.map(({ name }) => name)).toEqual(['mouth']);
        expect(written.golden.otherOutputs?.['mouth']).toHaveLength(2);
        const compared = agreements.map(({ differences }) =>
          differences.map(({ output }) => output).join(' '),
        );
        expect(new Set(compared)).toEqual(new Set(['probabilities mouth']));
      }
    }));

  test('refuses int8 without images and ranges, and writes nothing', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      await expect(run(folder, request(['fp32', 'int8']))).rejects.toThrow(NoCalibrationError);
      await expect(readdir(join(folder, 'out'))).rejects.toThrow(/ENOENT/u);
    }));

  test('refuses ranges of another graph', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      const ranges: ActivationRanges = {
        schemaVersion: 1,
        method: 'min-max',
        images: 1,
        inFloat: [],
        ranges: { other: [0, 1] },
      };
      await expect(run(folder, request(['int8'], { ranges }))).rejects.toThrow(RangesMismatchError);
    }));

  test('refuses ranges of other weights, which spoil the graph', () =>
    withFolder(async (folder) => {
      const { model, card } = twoHeads();
      await writeModelFolder(folder, { model, card });
      const { ranges } = await run(folder, request(['int8'], { readCalibration: noise }));
      const tiny = Object.entries(ranges?.ranges ?? {}).map(([name]) => [name, [0, 1e-4] as const] as const);
      const spoiled = { ...(ranges as ActivationRanges), ranges: Object.fromEntries(tiny) };
      await expect(run(folder, request(['int8'], { ranges: spoiled }))).rejects.toThrow(PrecisionLossError);
    }));
});
