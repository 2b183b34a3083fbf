import type { ImageSplit } from '../dataset/image-dataset.ts';
import { compareLabels } from './compare-labels.ts';

const OWN = ['angry', 'happy'];
const VOTED = ['happiness', 'anger', 'contempt'];

/** Images by their own class and the shares of votes. */
const splitOf = (images: readonly (readonly [own: number, votes: readonly number[]])[]): ImageSplit => ({
  count: images.length,
  pixels: new Uint8Array(),
  targets: Float32Array.from(images.flatMap(([, votes]) => votes)),
  ownTargets: Float32Array.from(images.flatMap(([own]) => [own === 0 ? 1 : 0, own === 1 ? 1 : 0])),
  sources: [],
  scored: new Uint8Array(),
});

test('own labels and votes are compared by what they mean, images without votes left aside', () => {
  const splits = [
    splitOf([
      [0, [0, 1, 0]],
      [0, [0.5, 0.25, 0.25]],
      [1, [1, 0, 0]],
    ]),
    splitOf([
      [1, [0, 0, 0]],
      [0, [0, 0.5, 0.5]],
    ]),
  ];
  const found = compareLabels(splits, OWN, VOTED);
  expect(found).toMatchObject({
    images: 4,
    agreement: 0.75,
    // 0, 1.5, 0 and 1 bits.
    entropyBits: 0.625,
    confusion: [
      [1, 2, 0],
      [1, 0, 0],
    ],
  });
  expect(found?.perClass[0]?.agreement).toBeCloseTo(2 / 3, 10);
  expect(found?.perClass[1]).toEqual({ label: 'happy', images: 1, agreement: 1, entropyBits: 0 });
});

test('without a second set of labels there is nothing to compare', () => {
  const { ownTargets: _own, ...plain } = splitOf([[0, [0, 1, 0]]]);
  expect(compareLabels([plain], OWN, VOTED)).toBeUndefined();
});
