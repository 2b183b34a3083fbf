import { createRandom } from '@mien/contract';
import type { Plane } from '@mien/pixels';
import { measureSharpness } from './sharpness.ts';

const SIZE = { widthPx: 48, heightPx: 48 };

/** Patches of random grays, `patchPx` wide, with hard edges: as sharp as pixels can be. */
const patches = (patchPx: number): Plane => {
  const random = createRandom(5);
  const count = Math.ceil(48 / patchPx);
  const grays = Float64Array.from({ length: count * count }, () => random.integer(200));
  const values = Float64Array.from({ length: 48 * 48 }, (_, at) => {
    const column = Math.floor((at % 48) / patchPx);
    return grays[Math.floor(at / 48 / patchPx) * count + column] as number;
  });
  return { ...SIZE, values };
};

/** Blurs by the binomial weights 1 2 1, `times` over, along rows and columns or along rows alone. */
const blurred = ({ values }: Plane, times: number, axes: readonly (1 | 48)[] = [1, 48]): Plane => {
  let from = values;
  for (const along of Array.from({ length: times }, () => axes).flat())
    from = from.map((value, at) => {
      const step = along === 1 ? at % 48 : Math.floor(at / 48);
      const before = step > 0 ? (from[at - along] as number) : value;
      const after = step < 47 ? (from[at + along] as number) : value;
      return (before + 2 * value + after) / 4;
    });
  return { ...SIZE, values: from };
};

describe('measureSharpness', () => {
  test('hard edges are as sharp as can be, one colour not at all', () => {
    expect(measureSharpness(patches(6))).toBe(1);
    expect(measureSharpness({ ...SIZE, values: new Float64Array(48 * 48).fill(90) })).toBe(0);
  });

  test('falls with every bit of blur', () => {
    const sharp = patches(6);
    const values = [1, 2, 3, 5, 8, 12].map((times) => measureSharpness(blurred(sharp, times)));
    expect(values).toEqual(values.toSorted((one, other) => other - one));
    expect(new Set(values).size).toBe(values.length);
    expect(values.at(-1)).toBeLessThan(0.2);
  });

  test('does not depend on light or contrast', () => {
    const plane = blurred(patches(6), 3);
    const dim = { ...SIZE, values: plane.values.map((value) => 30 + value / 10) };
    expect(measureSharpness(dim)).toBeCloseTo(measureSharpness(plane), 10);
  });

  test('a picture that was shaken sideways counts as blurred, though edges across are sharp', () => {
    const shaken = blurred(patches(6), 12, [1]);
    expect(measureSharpness(shaken)).toBeLessThan(0.3);
  });
});
