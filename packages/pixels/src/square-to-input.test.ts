import { faceToInput } from './face-to-input.ts';
import { InvalidFrameError, type Frame } from './frame.ts';
import { squareToInput } from './square-to-input.ts';
import type { TiltedSquare } from './tilted-square.ts';

const GRAY_48 = { widthPx: 48, heightPx: 48, channels: 1 } as const;

const grayFrame = (widthPx: number, heightPx: number, valueAt: (x: number, y: number) => number): Frame => {
  const rgba = new Uint8Array(widthPx * heightPx * 4).fill(255);
  for (let y = 0, at = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, at += 4) {
      const value = valueAt(x, y);
      rgba[at] = value;
      rgba[at + 1] = value;
      rgba[at + 2] = value;
    }
  return { widthPx, heightPx, rgba };
};

const square = (
  centreXPx: number,
  centreYPx: number,
  sidePx: number,
  [cos, sin]: readonly [number, number] = [1, 0],
): TiltedSquare => ({ centreXPx, centreYPx, sidePx, cos, sin });

/** Turned clockwise by the angle whose sine is 0.6. */
const TURNED = [0.8, 0.6] as const;

/** Where the middle of a pixel that is made lies in the frame. */
const placeOf = ({ centreXPx, centreYPx, sidePx, cos, sin }: TiltedSquare, column: number, row: number) => {
  const u = ((column + 0.5) / 48 - 0.5) * sidePx;
  const v = ((row + 0.5) / 48 - 0.5) * sidePx;
  return { x: centreXPx + u * cos - v * sin, y: centreYPx + u * sin + v * cos };
};

describe('squareToInput', () => {
  test('an upright square of the size of the input is a copy', () => {
    const frame = grayFrame(60, 70, (x, y) => (x * 37 + y * 91) % 256);
    const input = squareToInput({ frame, square: square(30, 40, 48), input: GRAY_48 });
    const copy = Array.from({ length: 48 * 48 }, (_, at) => {
      const x = 6 + (at % 48);
      const y = 16 + Math.floor(at / 48);
      return (x * 37 + y * 91) % 256;
    });
    expect([...input]).toEqual(copy);
  });

  test('a quarter turn clockwise puts what was below to the left', () => {
    const frame = grayFrame(48, 48, (x, y) => (x * 37 + y * 91) % 256);
    const input = squareToInput({ frame, square: square(24, 24, 48, [0, 1]), input: GRAY_48 });
    const turned = Array.from({ length: 48 * 48 }, (_, at) => {
      const x = 47 - Math.floor(at / 48);
      const y = at % 48;
      return (x * 37 + y * 91) % 256;
    });
    expect([...input]).toEqual(turned);
  });

  // A plane that rises evenly is what it is at any size and angle: its mean over an area is its value in the middle.
  test.each([
    ['smaller than the input', 100, 30.5, TURNED],
    ['about as large', 100, 50.3, TURNED],
    ['twice as large', 120, 97.1, TURNED],
    ['four times as large, upright', 126, 193.7, [1, 0]],
    ['four times as large', 126, 160.2, TURNED],
    ['upside down', 126, 190, [-1, 0]],
  ] as const)('an even slope stays one where the square is %s', (_, centre, sidePx, turn) => {
    const frame = grayFrame(253, 253, (x, y) => Math.floor((x + y) / 2));
    const cut = square(centre + 0.4, centre - 0.3, sidePx, turn);
    const input = squareToInput({ frame, square: cut, input: GRAY_48 });
    // The slope's own bytes are rounded down, by a quarter on average.
    const differences = [...input].map((value, at) => {
      const { x, y } = placeOf(cut, at % 48, Math.floor(at / 48));
      return Math.abs(value - (x + y - 1.5) / 2);
    });
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  });

  test.each([
    [1.5, TURNED],
    [3.3, [1, 0]],
    [12.5, TURNED],
    [20, [1, 0]],
  ] as const)('detail too fine to be seen at %d times the size comes out as its mean', (ratio, turn) => {
    const sidePx = 48 * ratio;
    const length = Math.ceil(sidePx * 1.5);
    const frame = grayFrame(length, length, (x, y) => ((x + y) % 2 === 0 ? 200 : 100));
    const input = squareToInput({
      frame,
      square: square(length / 2, length / 2, sidePx, turn),
      input: GRAY_48,
    });
    const mean = input.reduce((sum, value) => sum + value, 0) / input.length;
    const spread = Math.max(...input.map((value) => Math.abs(value - 150)));
    expect(Math.abs(mean - 150)).toBeLessThan(1);
    // At 1.5 times the size some of the pattern is left, as with any picture that is not blurred beforehand.
    expect(spread).toBeLessThan(ratio < 2 ? 40 : 4);
  });

  test('the same face gives the same input whatever its size in the frame', () => {
    // Waves that 48 pixels can show, at most eight over the square.
    const faceOf = (sidePx: number): Frame =>
      grayFrame(sidePx, sidePx, (x, y) => {
        const u = ((x + 0.5) / sidePx) * 2 * Math.PI;
        const v = ((y + 0.5) / sidePx) * 2 * Math.PI;
        return Math.round(128 + 50 * Math.sin(3 * u + v) + 30 * Math.sin(8 * v - 2 * u));
      });
    const inputs = [96, 150, 192, 300, 600, 900].map((sidePx) =>
      squareToInput({
        frame: faceOf(sidePx),
        square: square(sidePx / 2, sidePx / 2, sidePx * 0.6, TURNED),
        input: GRAY_48,
      }),
    );
    const largest = inputs.at(-1) as Uint8Array;
    for (const input of inputs)
      expect(Math.max(...input.map((value, at) => Math.abs(value - (largest[at] as number))))).toBeLessThan(
        6,
      );
  });

  test('outside the frame its edge goes on', () => {
    const frame = grayFrame(48, 48, (x) => x * 5);
    const beside = squareToInput({ frame, square: square(48, 24, 48), input: GRAY_48 });
    const firstRow = Array.from({ length: 48 }, (_, column) => Math.min(column + 24, 47) * 5);
    expect(beside.slice(0, 48)).toEqual(Uint8Array.from(firstRow));
    const farAway = squareToInput({ frame, square: square(5000, -900, 300, TURNED), input: GRAY_48 });
    // 300 pixels are averaged in cells of three: of the last three columns, in one cell, 46 is the mean.
    expect(new Set(farAway)).toEqual(new Set([46 * 5]));
  });

  test('a frame of one pixel fills the input', () => {
    const frame = { widthPx: 1, heightPx: 1, rgba: Uint8Array.of(10, 20, 30, 255) };
    const input = { ...GRAY_48, channels: 3 } as const;
    const planes = squareToInput({ frame, square: square(0.5, 0.5, 400, TURNED), input });
    expect([planes[0], planes[48 * 48], planes[2 * 48 * 48], planes.length]).toEqual([
      10,
      20,
      30,
      3 * 48 * 48,
    ]);
    expect(new Set(planes).size).toBe(3);
  });

  test('grays and transparency are those of faceToInput', () => {
    const rgba = Uint8Array.from({ length: 48 * 48 * 4 }, (_, at) => (at * 89) % 256);
    const frame = { widthPx: 48, heightPx: 48, rgba };
    for (const channels of [1, 3] as const) {
      const input = { ...GRAY_48, channels };
      expect(squareToInput({ frame, square: square(24, 24, 48), input })).toEqual(faceToInput(frame, input));
    }
  });

  test('an input that is not square gets the square stretched', () => {
    const frame = grayFrame(40, 40, (x, y) => x + 3 * y);
    const input = { widthPx: 40, heightPx: 20, channels: 1 } as const;
    const bytes = squareToInput({ frame, square: square(20, 20, 40), input });
    expect([...bytes]).toEqual(
      Array.from({ length: 800 }, (_, at) => (at % 40) + 3 * (2 * Math.floor(at / 40) + 0.5) + 0.5),
    );
  });

  test('refuses a frame whose bytes do not match its size', () => {
    const frame = { widthPx: 2, heightPx: 2, rgba: new Uint8Array(15) };
    expect(() => squareToInput({ frame, square: square(1, 1, 2), input: GRAY_48 })).toThrow(
      InvalidFrameError,
    );
  });
});
