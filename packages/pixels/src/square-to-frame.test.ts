import { squareToFrame } from './square-to-frame.ts';

describe('squareToFrame', () => {
  test('cuts in colour, and comes out opaque', () => {
    const rgba = Uint8Array.from({ length: 4 * 4 * 4 }, (_, at) => (at % 4 === 3 ? 255 : at));
    const frame = { widthPx: 4, heightPx: 4, rgba };
    const square = { centreXPx: 2, centreYPx: 2, sidePx: 2, cos: 1, sin: 0 };
    expect(squareToFrame({ frame, square, sizePx: 2 })).toEqual({
      widthPx: 2,
      heightPx: 2,
      rgba: Uint8Array.of(20, 21, 22, 255, 24, 25, 26, 255, 36, 37, 38, 255, 40, 41, 42, 255),
    });
  });

  test('transparent pixels come out black', () => {
    const frame = { widthPx: 1, heightPx: 1, rgba: Uint8Array.of(200, 100, 50, 0) };
    const square = { centreXPx: 0.5, centreYPx: 0.5, sidePx: 1, cos: 1, sin: 0 };
    expect([...squareToFrame({ frame, square, sizePx: 1 }).rgba]).toEqual([0, 0, 0, 255]);
  });
});
