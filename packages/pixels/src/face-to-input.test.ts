import { faceToInput } from './face-to-input.ts';
import { InvalidFrameError } from './frame.ts';

const GRAY = { widthPx: 2, heightPx: 1, channels: 1 } as const;

describe('faceToInput', () => {
  test('grays of every value stay what they are', () => {
    const rgba = Uint8Array.from({ length: 256 * 4 }, (_, i) => (i % 4 === 3 ? 255 : i >> 2));
    const bytes = faceToInput(
      { widthPx: 256, heightPx: 1, rgba },
      { widthPx: 256, heightPx: 1, channels: 1 },
    );
    expect([...bytes]).toEqual(Array.from({ length: 256 }, (_, value) => value));
  });

  test('primaries get the luma of BT.601', () => {
    const rgba = Uint8Array.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]);
    const bytes = faceToInput({ widthPx: 4, heightPx: 1, rgba }, { widthPx: 4, heightPx: 1, channels: 1 });
    // 0.299, 0.587 and 0.114 of 255, rounded.
    expect([...bytes]).toEqual([76, 150, 29, 255]);
  });

  test('colour comes out planar, channel by channel', () => {
    const rgba = Uint8Array.from([1, 2, 3, 255, 4, 5, 6, 255]);
    const bytes = faceToInput({ widthPx: 2, heightPx: 1, rgba }, { ...GRAY, channels: 3 });
    expect([...bytes]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  test('transparent pixels count as black, half-transparent ones as half as bright', () => {
    const rgba = Uint8Array.from([200, 200, 200, 0, 200, 200, 200, 51]);
    expect([...faceToInput({ widthPx: 2, heightPx: 1, rgba }, GRAY)]).toEqual([0, 40]);
  });

  test('halves round up', () => {
    const rgba = Uint8Array.from([1, 1, 1, 255, 2, 2, 2, 255]);
    expect([...faceToInput({ widthPx: 2, heightPx: 1, rgba }, { ...GRAY, widthPx: 1 })]).toEqual([2]);
  });

  test('a face is stretched to the size that the model takes', () => {
    const rgba = new Uint8Array(30 * 90 * 4).fill(255);
    expect([
      ...faceToInput({ widthPx: 30, heightPx: 90, rgba }, { widthPx: 4, heightPx: 4, channels: 1 }),
    ]).toEqual(Array.from({ length: 16 }, () => 255));
  });

  test.each([
    ['too few bytes', { widthPx: 2, heightPx: 2, rgba: new Uint8Array(15) }],
    ['no width', { widthPx: 0, heightPx: 2, rgba: new Uint8Array(0) }],
    ['a broken width', { widthPx: 1.5, heightPx: 2, rgba: new Uint8Array(12) }],
  ])('refuses a frame with %s', (_, frame) => {
    expect(() => faceToInput(frame, GRAY)).toThrow(InvalidFrameError);
  });
});
