import { readFileSync } from 'node:fs';
import { createRandom } from '@mien/contract';
import type { AffineTransform } from './affine-matrix.ts';
import { applyAffineTransform, InvalidTransformError } from './apply-affine-transform.ts';
import { FILL_MODES, type FillMode } from './fill-mode.ts';

interface KerasCase {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly input: number[];
  readonly transform: AffineTransform;
  readonly output: number[];
  readonly fillMode?: FillMode;
  readonly cval?: number;
}

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../test-fixtures/${name}`, import.meta.url), 'utf8'));

const usual = (fixture('keras-affine.json') as { cases: KerasCase[] }).cases;
const hard = (fixture('keras-transforms.json') as { affine: KerasCase[] }).affine;

/** The fixtures hold four decimals. */
const TOLERANCE = 1e-4;

const NEUTRAL: AffineTransform = {
  thetaDeg: 0,
  tx: 0,
  ty: 0,
  shearDeg: 0,
  zx: 1,
  zy: 1,
  flipHorizontal: false,
};

const picture = (height: number, width: number, channels: number) => {
  const random = createRandom(height, width, channels);
  const pixels = Float32Array.from({ length: height * width * channels }, () => random.integer(256));
  return { pixels, height, width, channels };
};

const largestDifference = (left: ArrayLike<number>, right: ArrayLike<number>): number =>
  Array.from(left).reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (right[index] ?? NaN))),
    left.length === right.length ? 0 : Infinity,
  );

describe('applyAffineTransform', () => {
  test('there are cases to compare with', () => {
    expect(usual).toHaveLength(9);
    expect(new Set(hard.map((each) => each.fillMode))).toEqual(new Set(FILL_MODES));
  });

  test.each(usual.map((each, index) => [index, each] as const))(
    'gives what Keras gives (case %i)',
    (_, each) => {
      const { input: pixels, height, width, channels } = each;
      const output = applyAffineTransform({ pixels, height, width, channels }, each.transform);
      expect(largestDifference(output, each.output)).toBeLessThan(TOLERANCE);
    },
  );

  test.each(hard.map((each, index) => [each.fillMode, index, each] as const))(
    'fills with %s as Keras does (case %i)',
    (_, __, each) => {
      const { input: pixels, height, width, channels, fillMode, cval } = each;
      const fill = { fillMode: fillMode as FillMode, cval: cval as number };
      const output = applyAffineTransform({ pixels, height, width, channels }, each.transform, fill);
      expect(largestDifference(output, each.output)).toBeLessThan(TOLERANCE);
    },
  );

  test.each(FILL_MODES)('leaves a picture as it is when nothing changes (%s)', (fillMode) => {
    const image = picture(11, 8, 3);
    expect(applyAffineTransform(image, NEUTRAL, { fillMode })).toEqual(image.pixels);
  });

  test.each([{ flipHorizontal: true }, { flipVertical: true }])('flipping twice is no flip: %p', (flip) => {
    const image = picture(5, 8, 3);
    const once = applyAffineTransform(image, { ...NEUTRAL, ...flip });
    expect(once).not.toEqual(image.pixels);
    expect(applyAffineTransform({ ...image, pixels: once }, { ...NEUTRAL, ...flip })).toEqual(image.pixels);
  });

  test('moves the picture left for a positive tx, and up for a positive ty', () => {
    const pixels = [1, 2, 3, 4, 5, 6];
    const image = { pixels, height: 2, width: 3, channels: 1 };
    const fill = { fillMode: 'constant', cval: 9 } as const;
    expect([...applyAffineTransform(image, { ...NEUTRAL, tx: 1 }, fill)]).toEqual([2, 3, 9, 5, 6, 9]);
    expect([...applyAffineTransform(image, { ...NEUTRAL, ty: 1 }, fill)]).toEqual([4, 5, 6, 9, 9, 9]);
  });

  test('turns counter-clockwise for a positive angle', () => {
    const image = { pixels: [0, 1, 0, 4, 0, 2, 0, 3, 0], height: 3, width: 3, channels: 1 };
    const turned = applyAffineTransform(image, { ...NEUTRAL, thetaDeg: 90 });
    expect([...turned].map(Math.round)).toEqual([0, 2, 0, 1, 0, 3, 0, 4, 0]);
  });

  test('shrinks for zooms over 1: zx the width, zy the height', () => {
    const columns = Array.from({ length: 25 }, (_, index) => index % 5);
    const image = { pixels: columns, height: 5, width: 5, channels: 1 };
    const narrower = applyAffineTransform(image, { ...NEUTRAL, zx: 2 });
    expect([...narrower]).toEqual(columns.map((column) => [0, 0, 2, 4, 4][column]));
    expect([...applyAffineTransform(image, { ...NEUTRAL, zy: 2 })]).toEqual(columns);
  });

  test('does not write to the picture it is given', () => {
    const image = picture(6, 6, 1);
    const before = image.pixels.slice();
    applyAffineTransform(image, { ...NEUTRAL, thetaDeg: 30 });
    expect(image.pixels).toEqual(before);
  });

  test.each([
    ['pixels', { pixels: new Float32Array(7) }, {}, {}],
    ['height', { height: 0 }, {}, {}],
    ['width', { width: 1.5 }, {}, {}],
    ['thetaDeg', {}, { thetaDeg: NaN }, {}],
    ['zx', {}, { zx: Infinity }, {}],
    ['fillMode', {}, {}, { fillMode: 'mirror' as FillMode }],
    ['cval', {}, {}, { cval: NaN }],
  ])('refuses a wrong %s by name', (field, image, transform, fill) => {
    const call = () =>
      applyAffineTransform({ ...picture(2, 2, 1), ...image }, { ...NEUTRAL, ...transform }, fill);
    expect(call).toThrow(InvalidTransformError);
    expect(call).toThrow(expect.objectContaining({ field }));
  });
});
