import { createRandom } from '@mien/contract';
import { evaluateModel } from '../evaluate/evaluate-model.ts';
import { brightHalfCard } from '../evaluate/trained-model.test-support.ts';
import type { EpochRecord } from '../fit/history.ts';
import type { ReportContent } from './report-content.ts';

const IMAGES = 12;

const epoch = (number: number): EpochRecord => ({
  epoch: number,
  learningRate: 0.1 / number,
  trainLoss: 2 / number,
  trainAccuracy: 1 - 1 / (number + 1),
  validationLoss: 1 + 1 / number,
  validationAccuracy: 0.9 - 0.5 / number,
  validationMacroF1: 0.8 - 0.5 / number,
  imagesPerSecond: 100,
  seconds: 12,
});

/** A report on twelve images of two classes, three of them named wrongly: images 1, 4 and 7, in order of certainty. */
export const smallReport = (overrides: Partial<ReportContent> = {}): ReportContent => {
  const random = createRandom(9);
  const pixels = Uint8Array.from({ length: IMAGES * 64 }, () => random.integer(256));
  const labels = ['left', 'right'];
  const targets = new Float32Array(IMAGES * 2);
  const probabilities = new Float32Array(IMAGES * 2);
  for (let image = 0; image < IMAGES; image++) {
    const truth = image % 2;
    const wrong = new Map([
      [1, 0.96875],
      [4, 0.875],
      [7, 0.75],
    ]).get(image);
    targets[image * 2 + truth] = 1;
    probabilities[image * 2 + truth] = wrong === undefined ? 0.625 : 1 - wrong;
    probabilities[image * 2 + (1 - truth)] = wrong ?? 0.375;
  }
  return {
    title: 'bright half on halves',
    card: brightHalfCard(),
    history: [1, 2, 3].map(epoch),
    result: evaluateModel({
      probabilities,
      targets,
      scored: new Uint8Array(IMAGES).fill(1),
      labels,
      dataset: 'halves',
      split: 'validation',
      protocol: 'own labels',
      usedForSelection: true,
    }),
    split: { pixels, sources: Array.from({ length: IMAGES }, (_, image) => `validation/photo ${image}.png`) },
    skipped: [],
    ...overrides,
  };
};
