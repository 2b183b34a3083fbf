import { FER2013_LABELS } from '@mien/contract';
import type { FaceSpec } from './draw-face.ts';

/** Which of the built-in dataset's two splits. */
export type SyntheticSplit = 'train' | 'validation';

/**
 * Changes whenever the renderer draws differently, so that caches of older pictures are not mistaken for current ones.
 */
export const SYNTHETIC_FACES_VERSION = 1;

/** How many people each split holds. Nobody is in both. */
export const SYNTHETIC_IDENTITIES: Readonly<Record<SyntheticSplit, number>> = { train: 450, validation: 100 };

/** Size at which the dataset's faces are rendered, before they are scaled to a model's input. */
export const SYNTHETIC_RENDER_SIZE_PX = 64;

const FIRST_SEED: Readonly<Record<SyntheticSplit, number>> = { train: 0, validation: 1_000_000 };

/**
 * The faces of one split of the built-in dataset. Everybody shows every emotion once, so that nothing about a person
 * tells the emotion; every picture has a pose, light and camera of its own.
 */
export const syntheticFaces = (split: SyntheticSplit): FaceSpec[] =>
  Array.from({ length: SYNTHETIC_IDENTITIES[split] }, (_, person) => FIRST_SEED[split] + person).flatMap(
    (identitySeed) =>
      FER2013_LABELS.map((emotion, index) => ({
        emotion,
        identitySeed,
        variationSeed: identitySeed * FER2013_LABELS.length + index,
      })),
  );
