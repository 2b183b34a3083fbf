import { largestDifference } from '@mien/contract';
import { saveModel } from '../agreement.test-support.ts';
import { convertLayersModel } from '../convert-layers-model.ts';
import { smallCard, smallClassifier } from '../folder/model-folder.test-support.ts';
import { optimizeGraph } from '../passes/optimize-graph.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { faceSet, randomSet } from './input-sets.ts';
import { VerificationError, verifyGraph } from './verify-graph.ts';

const fixtures = new URL('../../../../test-fixtures/', import.meta.url);

describe('verifyGraph', () => {
  test('refuses a graph of other weights, saying by how much and where', async () => {
    const [model, other] = [smallClassifier(), smallClassifier()];
    const bias = other.layers.at(-1)?.weights.at(-1);
    bias?.write(bias.read().mul([1, 1, 1.1]));
    const names = { inputNames: ['pixels'], outputNames: ['probabilities'] };
    const graph = optimizeGraph(await convertLayersModel({ ...(await saveModel(other)), ...names }));
    const verification = verifyGraph({
      onnx: writeOnnx(graph),
      inputName: 'pixels',
      outputNames: names.outputNames,
      model,
      inputSet: randomSet(smallCard().input, 2),
    });
    await expect(verification).rejects.toThrow(VerificationError);
    await expect(verification).rejects.toMatchObject({
      inputSet: 'random pixels, batch 2',
      output: 'probabilities',
      tolerance: 1e-4,
    });
  });
});

describe('largestDifference', () => {
  test.each([
    [[1, 2], [1, 2.5], 0.5],
    [[1, 2], [1], Infinity],
    [[NaN, 1], [0, 1], Infinity],
    [[0, 1], [0, NaN], Infinity],
    [[], [], 0],
  ])('of %j and %j is %p', (expected, actual, difference) => {
    expect(largestDifference(expected, actual)).toBe(difference);
  });
});

describe('faceSet', () => {
  test('repeats the gray faces in every channel', async () => {
    const gray = (await faceSet(fixtures, smallCard(48).input))?.pixels;
    const rgb = (await faceSet(fixtures, smallCard(48, 3).input))?.pixels;
    expect(gray?.shape).toEqual([7, 1, 48, 48]);
    expect(rgb?.shape).toEqual([7, 3, 48, 48]);
    const area = 48 * 48;
    const planes = [0, 1, 2].map((channel) => rgb?.data.slice((3 + channel) * area, (4 + channel) * area));
    for (const plane of planes) expect(plane).toEqual(gray?.data.slice(area, 2 * area));
  });

  test('has no faces where the folder is missing', async () => {
    expect(await faceSet(new URL('nowhere/', fixtures), smallCard(48).input)).toBeUndefined();
  });
});
