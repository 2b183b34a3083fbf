import type { ImageSplit } from '../dataset/image-dataset.ts';
import { concatenated, COPIES, drawnFace, FACE_PX, mirroredFace } from './drawn-faces.test-support.ts';
import { findLeaks, type LeakSearchable } from './find-leaks.ts';

const splitOf = (images: readonly Uint8Array[]): ImageSplit => ({
  count: images.length,
  pixels: concatenated(images),
  targets: new Float32Array(images.length * 2),
  sources: images.map((_, index) => `${index}.png`),
  scored: new Uint8Array(images.length).fill(1),
});

let dataset: LeakSearchable;
beforeAll(async () => {
  const face = await Promise.all(Array.from({ length: 10 }, (_, person) => drawnFace(person)));
  dataset = {
    widthPx: FACE_PX,
    heightPx: FACE_PX,
    channels: 1,
    train: splitOf([
      face[0]!,
      await mirroredFace(face[5]!),
      face[1]!,
      await COPIES['brightened']!(face[8]!),
      face[6]!,
      face[1]!,
    ]),
    validation: splitOf([face[4]!, face[5]!, face[6]!, face[6]!, await COPIES['compressed hard']!(face[9]!)]),
    test: splitOf([face[7]!, face[8]!, face[9]!]),
  };
});

test('names every training image that validation or test shows too, once', () => {
  expect(findLeaks({ dataset })).toMatchObject([
    { index: 1, likeness: 'mirrored', otherSplit: 'validation', otherIndex: 1 },
    { index: 3, likeness: 'near', otherSplit: 'test', otherIndex: 1 },
    { index: 4, likeness: 'exact', correlation: 1, otherSplit: 'validation', otherIndex: 2 },
  ]);
});

test('looks from validation to test, and from test nowhere', () => {
  expect(findLeaks({ dataset, split: 'validation' })).toMatchObject([
    { index: 4, likeness: 'near', otherSplit: 'test', otherIndex: 2 },
  ]);
  expect(findLeaks({ dataset, split: 'test' })).toEqual([]);
  expect(findLeaks({ dataset: { ...dataset, test: undefined }, split: 'validation' })).toEqual([]);
});

test('tells how far it is, up to the end', () => {
  const told: number[] = [];
  findLeaks({ dataset, onProgress: ({ done, total }) => told.push(done / total) });
  expect(told).toEqual([0, 1]);
});
