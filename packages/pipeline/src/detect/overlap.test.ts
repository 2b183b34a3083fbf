import { intersectionOverSmaller, intersectionOverUnion } from './overlap.ts';

const box = (leftPx: number, topPx: number, widthPx: number, heightPx: number) => ({
  leftPx,
  topPx,
  widthPx,
  heightPx,
});

test.each([
  ['the same box', box(1, 2, 3, 4), box(1, 2, 3, 4), 1, 1],
  ['half beside it', box(0, 0, 2, 2), box(1, 0, 2, 2), 1 / 3, 1 / 2],
  ['a quarter inside it', box(0, 0, 4, 4), box(1, 1, 2, 2), 1 / 4, 1],
  ['a box that touches it', box(0, 0, 2, 2), box(2, 0, 2, 2), 0, 0],
  ['a box far away', box(0, 0, 2, 2), box(9, 9, 2, 2), 0, 0],
  ['a box of no size', box(0, 0, 2, 2), box(1, 1, 0, 0), 0, 0],
  ['two boxes of no size', box(1, 1, 0, 0), box(1, 1, 0, 0), 0, 0],
])('the overlap with %s is right, either way round', (_, one, other, ofUnion, ofSmaller) => {
  expect(intersectionOverUnion(one, other)).toBeCloseTo(ofUnion);
  expect(intersectionOverUnion(other, one)).toBeCloseTo(ofUnion);
  expect(intersectionOverSmaller(one, other)).toBeCloseTo(ofSmaller);
  expect(intersectionOverSmaller(other, one)).toBeCloseTo(ofSmaller);
});
