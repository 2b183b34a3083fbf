import { mouthShape } from './draw-mouth.ts';
import { relaxedActionUnits, type ActionUnit } from './emotion-action-units.ts';
import { createIdentity } from './identity.ts';

const shapeWith = (...contracted: ActionUnit[]) => {
  const units = relaxedActionUnits();
  for (const unit of contracted) units[unit] = 1;
  return mouthShape(createIdentity(1), units);
};

describe('a mouth', () => {
  const rest = shapeWith();

  test('at rest is shut, its corners all but level with its middle', () => {
    expect(rest.innerBottom).toBe(rest.innerTop);
    expect(Math.abs(rest.cornerY - rest.innerTop)).toBeLessThan(0.03);
  });

  test('has its corners raised and drawn apart by 12, lowered by 15, stretched by 20', () => {
    expect(shapeWith(12).cornerY).toBeLessThan(rest.cornerY);
    expect(shapeWith(12).cornerX).toBeGreaterThan(rest.cornerX);
    expect(shapeWith(15).cornerY).toBeGreaterThan(rest.cornerY);
    expect(shapeWith(20).cornerX).toBeGreaterThan(rest.cornerX);
  });

  test('is opened by 25, and far more by 26', () => {
    const gap = (...units: ActionUnit[]): number => {
      const shape = shapeWith(...units);
      return shape.innerBottom - shape.innerTop;
    };
    expect(gap(25)).toBeGreaterThan(0);
    expect(gap(25, 26)).toBeGreaterThan(3 * gap(25));
  });

  test('has thin lips under 23, a raised upper lip under 10, a lowered one below under 16', () => {
    const thickness = ({ top, innerTop }: ReturnType<typeof shapeWith>): number => innerTop - top;
    expect(thickness(shapeWith(23))).toBeLessThan(thickness(rest) / 2);
    expect(shapeWith(10).top).toBeLessThan(rest.top);
    expect(shapeWith(16).bottom).toBeGreaterThan(rest.bottom);
  });
});
