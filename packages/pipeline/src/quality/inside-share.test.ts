import { insideShare } from './inside-share.ts';

const FRAME = { widthPx: 200, heightPx: 100 };
const square = (centreXPx: number, centreYPx: number, [cos, sin]: readonly [number, number] = [1, 0]) => ({
  centreXPx,
  centreYPx,
  sidePx: 80,
  cos,
  sin,
});

describe('insideShare', () => {
  test.each([
    ['all of it', square(100, 50), 1],
    ['the right half, at the left edge', square(0, 50), 0.5],
    ['a quarter, in a corner', square(200, 100), 0.25],
    ['nothing', square(300, 50), 0],
    // A square on its point in the middle of the edge.
    ['half of a turned one', square(100, 0, [Math.SQRT1_2, Math.SQRT1_2]), 0.5],
  ])('%s', (_, tilted, share) => {
    expect(insideShare(FRAME, tilted)).toBeCloseTo(share, 1);
  });
});
