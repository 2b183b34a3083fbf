import {
  checkGolden,
  goldenInput,
  largestDifference,
  parseModelCard,
  type ModelCard,
  type OtherHead,
  type TrainedModelCard,
} from '@mien/contract';
import * as tf from '@tensorflow/tfjs';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NonFiniteWeightError } from '../read/read-weights.ts';
import { runOnnx, runOnnxOutputs } from '../verify/run-onnx.ts';
import { NotProbabilitiesError } from '../verify/verify-graph.ts';
import { exportModel, type ExportedModel } from './export-model.ts';
import { CardMismatchError } from './make-model-card.ts';
import {
  smallCard,
  smallClassifier,
  twoHeads,
  withFolder,
  writeModelFolder,
} from './model-folder.test-support.ts';

const fixtures = new URL('../../../../test-fixtures/', import.meta.url);

const outOf = (folder: string): string => join(folder, 'out');

const run = (folder: string, report?: (line: string) => void): Promise<ExportedModel> =>
  exportModel({ modelFolder: folder, outFolder: outOf(folder), fixtures, ...(report ? { report } : {}) });

const readCard = async (folder: string): Promise<ModelCard> =>
  parseModelCard(JSON.parse(await readFile(join(outOf(folder), 'model.card.json'), 'utf8')));

const withHeads = (card: TrainedModelCard, change: Partial<OtherHead>): TrainedModelCard => ({
  ...card,
  otherHeads: card.otherHeads?.map((head) => ({ ...head, ...change })),
});

describe('exportModel', () => {
  test('writes a graph and the card that belongs to it', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      await run(folder);
      const onnx = await readFile(join(outOf(folder), 'model.onnx'));
      const card = await readCard(folder);
      expect(await readdir(outOf(folder))).toEqual(['model.card.json', 'model.onnx']);
      expect(card).toMatchObject(smallCard());
      expect(card.graph).toEqual({
        file: 'model.onnx',
        sha256: createHash('sha256').update(onnx).digest('hex'),
        bytes: onnx.length,
        opset: 18,
        irVersion: 8,
        precision: 'fp32',
        input: { name: 'pixels', dtype: 'float32', layout: 'NCHW', shape: ['N', 1, 12, 12] },
        output: { name: 'probabilities', dtype: 'float32', shape: ['N', 3] },
      });
    }));

  test('gives golden outputs that the graph reproduces and tfjs gives for the same images', () =>
    withFolder(async (folder) => {
      const model = smallClassifier({ channels: 3 });
      await writeModelFolder(folder, { model, card: smallCard(12, 3) });
      await run(folder);
      const card = await readCard(folder);
      const data = goldenInput(card);
      const onnx = await readFile(join(outOf(folder), 'model.onnx'));
      const { data: outputs } = await runOnnx(onnx, { pixels: { data, shape: [2, 3, 12, 12] } });
      expect(checkGolden(card, outputs)).toBeLessThan(1e-5);
      const images = tf.transpose(tf.tensor4d(data, [2, 3, 12, 12]), [0, 2, 3, 1]);
      const expected = (model.predict(images) as tf.Tensor).dataSync();
      expect(checkGolden(card, expected)).toBeLessThan(1e-6);
    }));

  test('tries noise of two batch sizes, and the fixture faces where they fit', () =>
    withFolder(async (folder) => {
      const lines: string[] = [];
      await writeModelFolder(folder, { model: smallClassifier({ sizePx: 48 }), card: smallCard(48) });
      const { agreements } = await run(folder, (line) => lines.push(line));
      expect(agreements.map(({ inputSet }) => inputSet)).toEqual([
        'golden self-test, batch 2',
        'random pixels, batch 1',
        'random pixels, batch 3',
        'fixture faces, batch 7',
      ]);
      const differences = agreements.flatMap(({ outputs }) =>
        outputs.map((output) => output.largestDifference),
      );
      expect(differences).toHaveLength(4);
      expect(Math.max(...differences)).toBeLessThan(1e-5);
      expect(lines.filter((line) => line.includes('fixture faces'))).toHaveLength(1);
    }));

  test('says that it leaves the faces out where they have another size', () =>
    withFolder(async (folder) => {
      const lines: string[] = [];
      await writeModelFolder(folder);
      const { agreements } = await run(folder, (line) => lines.push(line));
      expect(agreements).toHaveLength(3);
      expect(lines.some((line) => line.includes('left out'))).toBe(true);
    }));

  test('writes the same bytes again', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      const [first, second] = [await run(folder), await run(folder)];
      expect(second.card).toEqual(first.card);
    }));

  test('writes every head as an output of one graph, the main one first, and proves each', () =>
    withFolder(async (folder) => {
      const { model, card } = twoHeads();
      const lines: string[] = [];
      await writeModelFolder(folder, { model, card });
      await run(folder, (line) => lines.push(line));
      const { graph, golden, input } = await readCard(folder);
      expect(graph.output).toEqual({ name: 'probabilities', dtype: 'float32', shape: ['N', 3] });
      expect(graph.otherOutputs).toEqual([{ name: 'mouth', dtype: 'float32', shape: ['N', 2] }]);
      const data = goldenInput({ golden, input });
      const onnx = await readFile(join(outOf(folder), 'model.onnx'));
      const outputs = await runOnnxOutputs(onnx, { pixels: { data, shape: [2, 1, 12, 12] } });
      expect(Object.keys(outputs)).toEqual(['probabilities', 'mouth']);
      const images = tf.reshape(data, [2, 12, 12, 1]);
      const [mouth, main] = (model.predict(images) as tf.Tensor[]).map((output) => output.dataSync());
      const distance = (one: unknown, other: unknown): number =>
        largestDifference(one as Float32Array, other as Float32Array);
      expect(distance(main, outputs['probabilities']?.data)).toBeLessThan(1e-5);
      expect(distance(mouth, outputs['mouth']?.data)).toBeLessThan(1e-5);
      expect(distance(main, golden.outputs.flat())).toBeLessThan(1e-6);
      expect(distance(mouth, golden.otherOutputs?.['mouth']?.flat())).toBeLessThan(1e-6);
      expect(lines).toContainEqual(expect.stringMatching(/batch 3: mouth \d.*, probabilities \d/u));
    }));

  test.each<[string, (card: TrainedModelCard) => unknown]>([
    ['leaves a head out', (card) => ({ ...card, otherHeads: undefined })],
    ['lists a head that the model does not have', (card) => withHeads(card, { output: 'eyes' })],
    ['gives a head other labels', (card) => withHeads(card, { labels: ['open', 'closed', 'hidden'] })],
    ['calls a head like the main one', (card) => withHeads(card, { output: 'probabilities' })],
  ])('refuses a card that %s', (_, change) =>
    withFolder(async (folder) => {
      const { model, card } = twoHeads();
      await writeModelFolder(folder, { model, card: change(card) });
      await expect(run(folder)).rejects.toThrow(CardMismatchError);
      await expect(run(folder)).rejects.toMatchObject({ field: 'output' });
    }),
  );

  test('writes the same bytes whether or not the card has figures of the precisions', () =>
    withFolder(async (folder) => {
      const card = smallCard();
      const scores = { samples: 1, accuracy: 1, macroF1: 1, ece: 0 };
      const precisions: TrainedModelCard['precisions'] = [
        { precision: 'fp32', bytes: 1, dataset: 'noise', split: 'validation', protocol: 'none', ...scores },
      ];
      await writeModelFolder(folder, { card });
      const without = await run(folder);
      await writeFile(join(folder, 'card.json'), JSON.stringify({ ...card, precisions }));
      const withFigures = await run(folder);
      expect(withFigures.card.graph).toEqual(without.card.graph);
      expect(withFigures.card.precisions).toEqual(precisions);
    }));

  test.each([
    ['other labels', smallCard(), { labels: ['a', 'b'] }],
    ['another size', smallCard(16), {}],
    ['another number of channels', smallCard(12, 3), {}],
  ])('refuses the card of a model with %s', (_, card, change) =>
    withFolder(async (folder) => {
      await writeModelFolder(folder, { card: { ...card, ...change } });
      await expect(run(folder)).rejects.toThrow(CardMismatchError);
      await expect(readdir(outOf(folder))).rejects.toThrow(/ENOENT/u);
    }),
  );

  test('refuses a model that does not end with probabilities, and leaves nothing behind', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder, { model: smallClassifier({ activation: 'linear' }) });
      await expect(run(folder)).rejects.toThrow(NotProbabilitiesError);
      await expect(readdir(outOf(folder))).rejects.toThrow(/ENOENT/u);
    }));

  test('refuses weights that diverged, and keeps an earlier export', () =>
    withFolder(async (folder) => {
      await writeModelFolder(folder);
      const { card } = await run(folder);
      const path = join(folder, 'weights.bin');
      const count = (await readFile(path)).length / 4;
      await writeFile(path, new Uint8Array(new Float32Array(count).fill(NaN).buffer));
      await expect(run(folder)).rejects.toThrow(NonFiniteWeightError);
      expect(await readCard(folder)).toEqual(card);
    }));
});
