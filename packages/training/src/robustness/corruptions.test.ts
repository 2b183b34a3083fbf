import { createRandom } from '@mien/contract';
import type { Picture } from './corruption.ts';
import { CORRUPTIONS } from './corruptions.ts';
import { decodePicture } from '../dataset/decode-picture.ts';
import { moments } from './picture.test-support.ts';

const GEOMETRY = { widthPx: 48, heightPx: 48, channels: 1 } as const;

const drawnFaces = (): Promise<Picture[]> =>
  Promise.all(
    [3, 12, 17, 28].map(async (seed) => {
      const face = { emotion: 'happy', identitySeed: seed, variationSeed: seed } as const;
      return { pixels: await decodePicture({ kind: 'synthetic', face }, GEOMETRY), geometry: GEOMETRY };
    }),
  );

describe('CORRUPTIONS', () => {
  test.each(CORRUPTIONS)('$name takes a face further from itself at every level', async ({ levels }) => {
    const distances: number[] = [];
    const faces = await drawnFaces();
    for (const { corrupt } of levels) {
      const apart = await Promise.all(
        faces.map(async (face, seed) => {
          const bytes = await corrupt(face, createRandom(seed));
          expect(bytes).toHaveLength(face.pixels.length);
          return moments(Array.from(bytes, (value, at) => Math.abs(value - (face.pixels[at] as number))))
            .mean;
        }),
      );
      distances.push(moments(apart).mean);
    }
    const [mild, plain, severe] = distances as [number, number, number];
    expect(mild).toBeGreaterThan(0.3);
    expect(plain).toBeGreaterThan(1.05 * mild);
    expect(severe).toBeGreaterThan(1.05 * plain);
  });

  test('have names of their own, levels 1 to 3, and strengths that differ', () => {
    expect(new Set(CORRUPTIONS.map(({ name }) => name)).size).toBe(7);
    for (const { levels } of CORRUPTIONS) {
      expect(levels.map(({ level }) => level)).toEqual([1, 2, 3]);
      expect(new Set(levels.map(({ strength }) => strength)).size).toBe(3);
    }
  });

  test('turn by 30° at most', () => {
    const rotation = CORRUPTIONS.find(({ name }) => name === 'rotation');
    expect(rotation?.levels[2].strength).toBe('± 30°');
  });
});
