import { createRandom } from '@mien/contract';
import { closeDescriptors } from './close-descriptors.ts';
import { DESCRIPTOR_LENGTH } from './describe-plane.ts';

test('finds the rows that plain arithmetic finds, within its range', () => {
  const random = createRandom(5);
  const rows = 200;
  const descriptors = Float32Array.from({ length: rows * DESCRIPTOR_LENGTH }, () => random.normal());
  const query = Float32Array.from({ length: DESCRIPTOR_LENGTH }, () => random.normal());
  const distances = Array.from({ length: rows }, (_, row) =>
    query.reduce((sum, value, at) => sum + (value - descriptors[row * DESCRIPTOR_LENGTH + at]!) ** 2, 0),
  );
  const limit = distances.toSorted((a, b) => a - b)[60]! + 1e-3;
  const expected = distances.flatMap((distance, row) =>
    row >= 20 && row < 180 && distance <= limit ? [row] : [],
  );
  expect(expected.length).toBeGreaterThan(30);
  expect(closeDescriptors({ descriptors, query, from: 20, to: 180, limit })).toEqual(expected);
});
