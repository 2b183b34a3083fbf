import { trainingOverlap } from './training-overlap.ts';
import { brightHalfCard } from './trained-model.test-support.ts';

/** The card of a model that was trained on 40 images and chosen on 12, and the data with so many training images. */
const cardWith = (excluded?: number) => {
  const card = brightHalfCard();
  return { ...card, training: { ...card.training, ...(excluded === undefined ? {} : { excluded }) } };
};
const dataWith = (trainImages: number, fingerprint = 'cd'.repeat(32)) => ({
  fingerprint,
  kind: 'folder' as const,
  train: { count: trainImages } as never,
  validation: { count: 12 } as never,
});

test.each([
  ['the very data', cardWith(3), dataWith(7, 'ab'.repeat(32)), 'selected'],
  ['as many images', cardWith(), dataWith(40), 'selected'],
  ['as many images as before duplicates were left out', cardWith(3), dataWith(43), 'selected'],
  ['as many images as after duplicates were left out', cardWith(3), dataWith(40), 'none'],
  ['other data', cardWith(), dataWith(43), 'none'],
] as const)('%s', (_, card, data, expected) => {
  expect(trainingOverlap(card, data, 'validation')).toBe(expected);
  expect(trainingOverlap(card, data, 'train')).toBe(expected === 'selected' ? 'trained' : 'none');
  expect(trainingOverlap(card, data, 'test')).toBe('none');
});
