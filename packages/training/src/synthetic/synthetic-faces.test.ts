import { createRandom, FER2013_LABELS, shuffled } from '@mien/contract';
import { decodePictures } from '../dataset/decode-pictures.ts';
import type { FaceSpec } from './draw-face.ts';
import { renderFace } from './render-face.ts';
import { SYNTHETIC_IDENTITIES, syntheticFaces } from './synthetic-faces.ts';

const train = syntheticFaces('train');
const validation = syntheticFaces('validation');

describe('the built-in faces', () => {
  test('show every emotion once per person', () => {
    expect(train).toHaveLength(SYNTHETIC_IDENTITIES.train * 7);
    const emotionsOf = (seed: number): string[] =>
      train.filter(({ identitySeed }) => identitySeed === seed).map(({ emotion }) => emotion);
    for (const seed of [0, 17, 449]) expect(emotionsOf(seed)).toEqual(FER2013_LABELS);
  });

  test('share neither people nor circumstances between the splits', () => {
    const people = new Set(train.map(({ identitySeed }) => identitySeed));
    expect(validation.some(({ identitySeed }) => people.has(identitySeed))).toBe(false);
    const pictures = [...train, ...validation].map(({ variationSeed }) => variationSeed);
    expect(new Set(pictures).size).toBe(pictures.length);
  });
});

describe('a rendered face', () => {
  const spec: FaceSpec = { emotion: 'happy', identitySeed: 5, variationSeed: 9 };

  test('is the same for the same seeds', async () => {
    const [first, again] = [
      await renderFace({ ...spec, sizePx: 40 }),
      await renderFace({ ...spec, sizePx: 40 }),
    ];
    expect(first).toEqual(again);
    expect([first.widthPx, first.heightPx, first.rgba.length]).toEqual([40, 40, 40 * 40 * 4]);
    expect(first.rgba.every((value, index) => index % 4 !== 3 || value === 255)).toBe(true);
  });

  test.each([{ emotion: 'sad' }, { identitySeed: 6 }, { variationSeed: 10 }] as const)(
    'is another for %j',
    async (change) => {
      const one = await renderFace({ ...spec, sizePx: 40 });
      expect((await renderFace({ ...spec, ...change, sizePx: 40 })).rgba).not.toEqual(one.rgba);
    },
  );
});

/** Faces as rows of standardised gray values. */
interface Faces {
  readonly labels: readonly FaceSpec['emotion'][];
  readonly values: readonly Float64Array[];
}

const SIDE_PX = 24;

describe('what the faces show', () => {
  /** What a linear classifier makes of a face: the class with the largest weighted sum. */
  const classOf = (weights: readonly Float64Array[], face: Float64Array): number => {
    const scores = weights.map((row) => row.reduce((sum, weight, at) => sum + weight * (face[at] ?? 0), 0));
    return scores.indexOf(Math.max(...scores));
  };

  /** Share of unseen faces that an averaged perceptron, trained on the seen ones, names as they are labelled. */
  const linearAccuracy = (seen: Faces, unseen: Faces): number => {
    const zeros = (): Float64Array[] => FER2013_LABELS.map(() => new Float64Array(SIDE_PX * SIDE_PX));
    const [weights, average] = [zeros(), zeros()];
    for (let epoch = 0; epoch < 8; epoch++)
      for (const [index, face] of seen.values.entries()) {
        const wanted = FER2013_LABELS.indexOf(seen.labels[index] ?? 'neutral');
        const given = classOf(weights, face);
        if (given !== wanted)
          for (let at = 0; at < face.length; at++) {
            weights[wanted]![at]! += face[at]!;
            weights[given]![at]! -= face[at]!;
          }
        for (const [label, row] of weights.entries())
          for (let at = 0; at < row.length; at++) average[label]![at]! += row[at]!;
      }
    const hits = unseen.values.filter(
      (face, index) => FER2013_LABELS[classOf(average, face)] === unseen.labels[index],
    );
    return hits.length / unseen.values.length;
  };

  const standardised = (pixels: Uint8Array): Float64Array => {
    const values = Float64Array.from(pixels);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return values.map((value) => (value - mean) / (spread || 1));
  };

  const facesOf = async (splits: readonly (readonly FaceSpec[])[]): Promise<Faces[]> => {
    const decoded = await decodePictures({
      splits: splits.map((specs) => specs.map((face) => ({ kind: 'synthetic', face }))),
      geometry: { widthPx: SIDE_PX, heightPx: SIDE_PX, channels: 1 },
      onProgress: () => undefined,
    });
    const area = SIDE_PX * SIDE_PX;
    return splits.map((specs, split) => ({
      labels: specs.map(({ emotion }) => emotion),
      values: specs.map((_, index) =>
        standardised((decoded[split]?.pixels ?? new Uint8Array()).subarray(index * area, (index + 1) * area)),
      ),
    }));
  };

  test('is the emotion they are labelled with: a linear classifier learns it, but not from shuffled labels', async () => {
    const [seen, unseen] = await facesOf([train.slice(0, 60 * 7), validation.slice(0, 20 * 7)]);
    if (seen === undefined || unseen === undefined) throw new Error('two splits were asked for');
    const chance = 1 / 7;
    expect(linearAccuracy(seen, unseen)).toBeGreaterThan(3 * chance);
    const mixed = { ...seen, labels: shuffled(seen.labels, createRandom(4)) };
    expect(linearAccuracy(mixed, unseen)).toBeLessThan(1.6 * chance);
  });
});
