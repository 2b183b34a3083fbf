import { createSampleOrder } from './sample-order.ts';

const COUNT = 50;

describe('createSampleOrder', () => {
  test('brings every sample once in each epoch', () => {
    const placeAt = createSampleOrder(COUNT, 1);
    for (const epoch of [0, 1, 2]) {
      const places = Array.from({ length: COUNT }, (_, index) => placeAt(epoch * COUNT + index));
      expect(places.every((place) => place.epoch === epoch)).toBe(true);
      expect(new Set(places.map(({ sample }) => sample))).toEqual(
        new Set(Array.from({ length: COUNT }).keys()),
      );
    }
  });

  test('orders each epoch and each seed anew', () => {
    const orderOf = (seed: number, epoch: number) =>
      Array.from(
        { length: COUNT },
        (_, index) => createSampleOrder(COUNT, seed)(epoch * COUNT + index).sample,
      );
    expect(orderOf(1, 0)).not.toEqual(orderOf(1, 1));
    expect(orderOf(1, 0)).not.toEqual(orderOf(2, 0));
    expect(orderOf(1, 0)).not.toEqual(orderOf(1, 0).sort((a, b) => a - b));
  });

  test('gives the same place whichever positions were asked for before', () => {
    const forwards = createSampleOrder(COUNT, 4);
    const expected = Array.from({ length: 3 * COUNT }, (_, position) => forwards(position));
    const jumping = createSampleOrder(COUNT, 4);
    for (const position of [140, 3, 77, 149, 0, 51]) expect(jumping(position)).toEqual(expected[position]);
  });
});
