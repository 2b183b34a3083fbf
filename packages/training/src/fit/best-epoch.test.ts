import { bestEpoch, stopReason } from './best-epoch.ts';
import type { EpochRecord } from './history.ts';

const history = (...scores: readonly (readonly [accuracy: number, loss: number])[]): EpochRecord[] =>
  scores.map(([validationAccuracy, validationLoss], index) => ({
    epoch: index + 1,
    learningRate: 0.1,
    trainLoss: 1,
    trainAccuracy: 0.5,
    validationLoss,
    validationAccuracy,
    validationMacroF1: 0.5,
    imagesPerSecond: 100,
    seconds: 1,
  }));

test('the best epoch is the most accurate, between equals the one with less loss, between those the first', () => {
  expect(bestEpoch([])).toBeUndefined();
  expect(bestEpoch(history([0.5, 1], [0.7, 2], [0.6, 0.1]))?.epoch).toBe(2);
  expect(bestEpoch(history([0.7, 2], [0.7, 1], [0.7, 1]))?.epoch).toBe(2);
});

describe('stopReason', () => {
  const recipe = { epochs: 5, patience: 2, stopAtAccuracy: 0.9 };
  test.each([
    ['goes on at the start', [], undefined],
    [
      'goes on while it gets better',
      [
        [0.5, 1],
        [0.6, 1],
        [0.7, 1],
      ],
      undefined,
    ],
    [
      'waits as long as patience says',
      [
        [0.5, 1],
        [0.4, 1],
      ],
      undefined,
    ],
    [
      'stops when patience runs out',
      [
        [0.5, 1],
        [0.4, 1],
        [0.5, 1],
      ],
      'patience',
    ],
    [
      'stops when it is good enough',
      [
        [0.5, 1],
        [0.9, 1],
      ],
      'accuracy',
    ],
    [
      'stops after its epochs',
      [
        [0.1, 1],
        [0.2, 1],
        [0.3, 1],
        [0.4, 1],
        [0.5, 1],
      ],
      'epochs',
    ],
  ] as [string, [number, number][], string | undefined][])('%s', (_, scores, expected) => {
    expect(stopReason(recipe, history(...scores))).toBe(expected);
  });

  test('without patience and target only the epochs count', () => {
    const never = { epochs: 4, patience: 0, stopAtAccuracy: null };
    expect(stopReason(never, history([1, 0], [0, 1], [0, 1]))).toBeUndefined();
  });
});
