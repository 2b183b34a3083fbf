import { createRandom } from '@mien/contract';
import { DOCUMENT_RECIPE, NO_AUGMENTATION, RESIDUAL_RECIPE } from './augment-recipe.ts';
import { drawKerasTransform, type KerasTransform, type KerasTransformOptions } from './keras-transform.ts';
import { distanceFromUniform } from './uniformity.test-support.ts';

const SIZE = { heightPx: 40, widthPx: 60 };

const draw = (options: Partial<KerasTransformOptions>, count = 2000): KerasTransform[] =>
  Array.from({ length: count }, (_, index) =>
    drawKerasTransform({ ...NO_AUGMENTATION, ...options }, SIZE, createRandom(5, index)),
  );

const valuesOf = (draws: readonly KerasTransform[], field: keyof KerasTransform): number[] =>
  draws.map((each) => Number(each[field]));

describe('drawKerasTransform', () => {
  test.each([
    ['thetaDeg', -40, 40],
    ['tx', -8, 8],
    ['ty', -12, 12],
    ['shearDeg', -0.2, 0.2],
    ['zx', 0.8, 1.2],
    ['zy', 0.8, 1.2],
  ] as const)('draws %s of the document recipe uniformly from [%d, %d]', (field, low, high) => {
    const values = valuesOf(draw(DOCUMENT_RECIPE), field);
    expect(distanceFromUniform(values, low, high)).toBeLessThan(1.95);
  });

  test('draws light uniformly where it is asked to', () => {
    const draws = draw({ channelShiftRange: 30, brightnessRange: [0.5, 2] });
    expect(distanceFromUniform(valuesOf(draws, 'channelShift'), -30, 30)).toBeLessThan(1.95);
    expect(distanceFromUniform(valuesOf(draws, 'brightness'), 0.5, 2)).toBeLessThan(1.95);
  });

  test('flips half of the pictures, each way on its own', () => {
    const draws = draw({ horizontalFlip: true, verticalFlip: true });
    const share = (test: (each: KerasTransform) => boolean) => draws.filter(test).length / draws.length;
    expect(share((each) => each.flipHorizontal)).toBeCloseTo(0.5, 1);
    expect(share((each) => each.flipVertical)).toBeCloseTo(0.5, 1);
    expect(share((each) => each.flipHorizontal && each.flipVertical)).toBeCloseTo(0.25, 1);
  });

  test('draws both zooms alike when they are tied, and apart when they are not', () => {
    expect(draw(RESIDUAL_RECIPE).every(({ zx, zy }) => zx === zy)).toBe(true);
    expect(draw(DOCUMENT_RECIPE).some(({ zx, zy }) => zx === zy)).toBe(false);
  });

  test('takes whole numbers from 1 up as whole pixels below them', () => {
    const values = valuesOf(draw({ heightShiftRange: 3, widthShiftRange: 1 }), 'tx');
    expect(new Set(values.map((value) => value + 0))).toEqual(new Set([-2, -1, 0, 1, 2]));
    expect(valuesOf(draw({ widthShiftRange: 1 }, 50), 'ty').every((value) => Math.abs(value) === 0)).toBe(
      true,
    );
  });

  test('takes broken numbers over 1 as pixels', () => {
    const values = valuesOf(draw({ widthShiftRange: 2.5 }), 'ty');
    expect(distanceFromUniform(values, -2.5, 2.5)).toBeLessThan(1.95);
  });

  test('chooses from lists, of pixels or of fractions, with either sign', () => {
    const pixels = valuesOf(draw({ heightShiftRange: [2, 5] }), 'tx');
    expect(new Set(pixels)).toEqual(new Set([-5, -2, 2, 5]));
    const fractions = valuesOf(draw({ widthShiftRange: [0.1, 0.5] }), 'ty');
    expect(new Set(fractions)).toEqual(new Set([-30, -6, 6, 30]));
  });

  test('changes nothing when every range is empty', () => {
    for (const drawn of draw({}, 20)) {
      const { thetaDeg, tx, ty, shearDeg, channelShift, ...rest } = drawn;
      expect([thetaDeg, tx, ty, shearDeg, channelShift].every((value) => Math.abs(value) === 0)).toBe(true);
      expect(rest).toEqual({ zx: 1, zy: 1, flipHorizontal: false, flipVertical: false, brightness: null });
    }
  });
});
