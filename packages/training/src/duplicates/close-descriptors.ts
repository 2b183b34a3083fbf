import { DESCRIPTOR_LENGTH } from './describe-plane.ts';

/**
 * Finds the descriptors near a given one. Looks at the longest waves first and gives up on a pair as soon as it is too
 * far apart, which for most pairs is at once.
 *
 * @param params.descriptors `[count, DESCRIPTOR_LENGTH]`.
 * @param params.query `[DESCRIPTOR_LENGTH]`.
 * @param params.from first row looked at.
 * @param params.to row at which to end.
 * @param params.limit largest squared distance.
 * @returns rows, ascending.
 */
export const closeDescriptors = (params: {
  readonly descriptors: Float32Array;
  readonly query: Float32Array;
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}): number[] => {
  const { descriptors, query, from, to, limit } = params;
  const close: number[] = [];
  for (let row = from; row < to; row++) {
    const start = row * DESCRIPTOR_LENGTH;
    let distance = 0;
    for (let at = 0; at < DESCRIPTOR_LENGTH && distance <= limit; at += 8) {
      // Written out: a loop of eight takes twice as long.
      const a = query[at]! - descriptors[start + at]!;
      const b = query[at + 1]! - descriptors[start + at + 1]!;
      const c = query[at + 2]! - descriptors[start + at + 2]!;
      const d = query[at + 3]! - descriptors[start + at + 3]!;
      const e = query[at + 4]! - descriptors[start + at + 4]!;
      const f = query[at + 5]! - descriptors[start + at + 5]!;
      const g = query[at + 6]! - descriptors[start + at + 6]!;
      const h = query[at + 7]! - descriptors[start + at + 7]!;
      distance += a * a + b * b + c * c + d * d + e * e + f * f + g * g + h * h;
    }
    if (distance <= limit) close.push(row);
  }
  return close;
};
