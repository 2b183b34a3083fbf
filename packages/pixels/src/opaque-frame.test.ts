import { InvalidFrameError, toOpaqueFrame } from './index.ts';

/** A pixel as one number. */
const word = (red: number, green: number, blue: number): number => red + 256 * green + 65_536 * blue;

const coloursOf = (pixels: Uint32Array): number[] => Array.from(pixels, (pixel) => pixel & 0xffffff);

describe('toOpaqueFrame', () => {
  test('looks through an opaque frame and keeps its memory', () => {
    const rgba = Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255);
    const { pixels, widthPx, heightPx } = toOpaqueFrame({ widthPx: 2, heightPx: 1, rgba });
    expect([widthPx, heightPx]).toEqual([2, 1]);
    expect(coloursOf(pixels)).toEqual([word(1, 2, 3), word(4, 5, 6)]);
    expect(pixels.buffer).toBe(rgba.buffer);
  });

  test('puts what is transparent over black, and leaves the frame as it was', () => {
    const rgba = Uint8Array.of(255, 100, 51, 0, 255, 100, 51, 128, 255, 100, 51, 255);
    const { pixels } = toOpaqueFrame({ widthPx: 1, heightPx: 3, rgba });
    expect(coloursOf(pixels)).toEqual([word(0, 0, 0), word(128, 50, 26), word(255, 100, 51)]);
    expect(rgba.slice(0, 4)).toEqual(Uint8Array.of(255, 100, 51, 0));
  });

  test.each([1, 2, 3])('reads bytes that lie %i behind a word of memory', (offset) => {
    const rgba = new Uint8Array(16).subarray(offset, offset + 8);
    rgba.set([7, 8, 9, 255, 10, 11, 12, 255]);
    const { pixels } = toOpaqueFrame({ widthPx: 1, heightPx: 2, rgba });
    expect(coloursOf(pixels)).toEqual([word(7, 8, 9), word(10, 11, 12)]);
  });

  test('refuses a frame whose bytes do not match its size', () => {
    const frame = { widthPx: 2, heightPx: 2, rgba: new Uint8Array(12) };
    expect(() => toOpaqueFrame(frame)).toThrow(InvalidFrameError);
  });
});
