import type { ImageDataset, ImageSplit } from '../dataset/image-dataset.ts';
import { brightHalfCard } from '../evaluate/trained-model.test-support.ts';
import type { Corruption } from './corruption.ts';
import type { RobustnessScores, RobustnessTable } from './measure-robustness.ts';

const SIDE = 8;

/** Ten pictures of each class for the model "bright half"; one of ten "left" ones is bright on the right. */
export const halvesSplit = (): ImageSplit => {
  const isLeft = (image: number): boolean => image < 10;
  const pixels = Uint8Array.from({ length: 20 * SIDE * SIDE }, (_, at) => {
    const image = Math.floor(at / (SIDE * SIDE));
    const isBrightSide = at % SIDE < SIDE / 2 === (isLeft(image) && image !== 3);
    return isBrightSide ? 200 : 50;
  });
  return {
    count: 20,
    pixels,
    targets: Float32Array.from({ length: 40 }, (_, at) =>
      isLeft(Math.floor(at / 2)) === (at % 2 === 0) ? 1 : 0,
    ),
    sources: Array.from({ length: 20 }, (_, image) => `${isLeft(image) ? 'left' : 'right'}/${image}.png`),
    scored: new Uint8Array(20).fill(1),
  };
};

/** A dataset with {@link halvesSplit} for validation. */
export const halvesDataset = (validation: ImageSplit = halvesSplit()): ImageDataset => ({
  name: 'halves',
  kind: 'folder',
  labels: brightHalfCard().labels,
  widthPx: SIDE,
  heightPx: SIDE,
  channels: 1,
  fingerprint: 'cd'.repeat(32),
  protocol: 'majority of votes',
  train: { ...validation, count: 0 },
  validation,
  test: undefined,
  skipped: [],
});

const mirrored = (pixels: Uint8Array): Uint8Array => Uint8Array.from(pixels).reverse();

/** Turns pictures by half a turn at level 2, makes them black at level 3, and leaves them alone at level 1. */
export const TURNING: Corruption = {
  name: 'turning',
  description: 'Turns & blackens',
  levels: [
    { level: 1, strength: '0°', corrupt: ({ pixels }) => pixels },
    { level: 2, strength: '180°', corrupt: ({ pixels }) => mirrored(pixels) },
    { level: 3, strength: 'black', corrupt: ({ pixels }) => new Uint8Array(pixels.length) },
  ],
};

const scores = (accuracy: number, macroF1: number): RobustnessScores => ({
  samples: 20,
  accuracy,
  accuracyInterval95: [accuracy - 0.05, accuracy + 0.04],
  macroF1,
});

/** A table of {@link TURNING}, with figures that nobody measured. */
export const turningTable = (overrides: Partial<RobustnessTable> = {}): RobustnessTable => ({
  dataset: 'halves',
  split: 'validation',
  protocol: 'majority of votes',
  clean: scores(0.9, 0.88),
  rows: [
    { corruption: 'turning', strength: '0°', level: 1, ...scores(0.9, 0.88) },
    { corruption: 'turning', strength: '180°', level: 2, ...scores(0.6, 0.5) },
    { corruption: 'turning', strength: 'black', level: 3, ...scores(0.93, 0.9) },
  ],
  ...overrides,
});
