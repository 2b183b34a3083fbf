import { bothSides, css, type FaceCanvas, type FacePoint } from './canvas.ts';
import { jawDrop } from './draw-head.ts';
import type { ActionUnits } from './emotion-action-units.ts';
import { blend, type Identity, type Rgb } from './identity.ts';

const BLACK: Rgb = [0, 0, 0];
const MOUTH_LEVEL = 0.66;

/** The four curves of a mouth, each from the left corner to the right one, and its corners' place. */
export interface MouthShape {
  readonly cornerX: number;
  readonly cornerY: number;
  /** Upper edge of the upper lip at the middle. */
  readonly top: number;
  /** Lower edge of the upper lip and upper edge of the lower lip at the middle: equal where the mouth is shut. */
  readonly innerTop: number;
  readonly innerBottom: number;
  /** Lower edge of the lower lip at the middle. */
  readonly bottom: number;
}

/** Where action units 9 to 26 pull the lips. */
export const mouthShape = (identity: Identity, units: ActionUnits): MouthShape => {
  const thin = 1 - 0.7 * units[23] - 0.25 * units[20] - 0.2 * units[12];
  const lip = identity.lipThickness * Math.max(0.25, thin);
  const raise = 0.1 * units[10] + 0.05 * units[9];
  const smile = units[12];
  const open =
    units[25] * (0.07 + 0.14 * smile + 0.08 * units[20] + 0.06 * units[10]) +
    0.42 * units[26] * (1 - 0.35 * smile) * (1 - 0.4 * units[20]);
  const pushed = 0.05 * units[17];
  const middle = MOUTH_LEVEL - 0.02 * smile - raise - pushed;
  return {
    cornerX:
      identity.mouthWidth *
      (1 + 0.32 * smile + 0.42 * units[20] - 0.28 * units[23] - 0.3 * units[26] * (1 - smile)),
    cornerY:
      MOUTH_LEVEL -
      0.025 -
      0.25 * smile +
      0.28 * units[15] +
      0.08 * units[20] -
      pushed * 0.5 +
      0.12 * units[26] * (1 - smile),
    top: middle - lip,
    innerTop: middle,
    innerBottom: middle + open + raise * 0.4 * units[25],
    bottom: middle + open + lip * 1.25 + 0.07 * units[16] - pushed * 0.3,
  };
};

const lipCurve = (shape: MouthShape, height: number, flat: number, dip = 0): FacePoint[] => {
  const { cornerX, cornerY } = shape;
  const between = (share: number): number => cornerY + (height - cornerY) * share;
  return [
    [-cornerX, cornerY],
    [-cornerX * 0.62, between(flat)],
    [-cornerX * 0.22, between(1) - dip],
    [0, height],
    [cornerX * 0.22, between(1) - dip],
    [cornerX * 0.62, between(flat)],
    [cornerX, cornerY],
  ];
};

const drawInside = (
  canvas: FaceCanvas,
  shape: MouthShape,
  units: ActionUnits,
  inside: readonly FacePoint[],
): void => {
  canvas.curve(inside, true, { fill: 'rgb(52 16 18)' });
  const open = shape.innerBottom - shape.innerTop;
  if (open < 0.04) return;
  const teeth = Math.min(open * 0.75, 0.11 + 0.05 * units[12]);
  const lowerTeeth = units[16] * 0.5 + units[20] * 0.5;
  canvas.inside(inside, () => {
    canvas.ellipse([0, shape.innerTop + teeth * 0.2], [shape.cornerX * 0.82, teeth * 0.9], {
      fill: 'rgb(238 234 222)',
    });
    if (open > 0.15)
      canvas.ellipse([0, shape.innerBottom + 0.02], [shape.cornerX * 0.6, open * 0.3], {
        fill: 'rgb(170 74 78)',
      });
    if (lowerTeeth > 0.25)
      canvas.ellipse([0, shape.innerBottom], [shape.cornerX * 0.7, 0.045], { fill: 'rgb(226 220 206)' });
  });
};

/** Draws the lips, the teeth between them, and the lines below them. */
export const drawMouth = (
  canvas: FaceCanvas,
  { identity, units }: { identity: Identity; units: ActionUnits },
): void => {
  const shape = mouthShape(identity, units);
  const innerUpper = lipCurve(shape, shape.innerTop, 0.82);
  const innerLower = lipCurve(shape, shape.innerBottom, 0.82);
  const upperEdge = lipCurve(shape, shape.top, 0.72, 0.02);
  const lowerEdge = lipCurve(shape, shape.bottom, 0.8);
  const backwards = (points: readonly FacePoint[]): FacePoint[] => points.slice(1, -1).reverse();
  const lips = css(identity.lips);
  drawInside(canvas, shape, units, [...innerUpper, ...backwards(innerLower)]);
  canvas.curve([...upperEdge, ...backwards(innerUpper)], true, {
    fill: css(blend(identity.lips, BLACK, 0.16)),
  });
  canvas.curve([...innerLower, ...backwards(lowerEdge)], true, { fill: lips });
  const line = css(blend(identity.lips, BLACK, 0.62));
  canvas.curve(innerUpper, false, { stroke: line, strokeWidth: 0.04 });
  for (const side of [-1, 1])
    canvas.ellipse([side * shape.cornerX, shape.cornerY], [0.026, 0.026], { fill: line, opacity: 0.8 });
  const fold = 0.15 + 0.5 * Math.max(units[17], units[23], units[16]) + 0.2 * identity.age;
  canvas.curve(
    [
      [-0.16, shape.bottom + 0.1],
      [0, shape.bottom + 0.07],
      [0.16, shape.bottom + 0.1],
    ],
    false,
    { stroke: css(blend(identity.skin, BLACK, 0.4)), strokeWidth: 0.03, opacity: fold },
  );
};

/** Draws a moustache or a beard around the mouth. */
export const drawBeard = (
  canvas: FaceCanvas,
  { identity, units }: { identity: Identity; units: ActionUnits },
): void => {
  if (identity.beard === 'none') return;
  const shape = mouthShape(identity, units);
  const drop = jawDrop(units);
  const opacity = identity.beard === 'stubble' ? 0.2 : 0.92;
  const fill = css(blend(identity.hair, BLACK, 0.15));
  if (identity.beard !== 'moustache') {
    const right: FacePoint[] = [
      [shape.cornerX + 0.1, shape.cornerY - 0.02],
      [identity.jawWidth * 0.78, 0.52, 0.35],
      [0.96, 0.02, 0],
      [0.97, 0.15, 0],
      [identity.jawWidth * 1.01, 0.68 + drop * 0.4, 0],
      [(identity.jawWidth + identity.chinWidth) * 0.57, 1 + drop * 0.8, 0.1],
      [identity.chinWidth, identity.headHeight * 0.93 + drop, 0.15],
    ];
    const left: FacePoint[] = right.map(([x, y, z]) => (z === undefined ? [-x, y] : [-x, y, z]));
    canvas.curve(
      [
        [0, shape.bottom + 0.04],
        [shape.cornerX * 0.7, shape.bottom + 0.02],
        ...right,
        [0, identity.headHeight * 1.02 + drop, 0.2],
        ...left.reverse(),
        [-shape.cornerX * 0.7, shape.bottom + 0.02],
      ],
      true,
      { fill, opacity },
    );
  }
  // The moustache follows the lip and ends short of its corners: a longer one would draw a sad mouth on every face.
  const end: FacePoint = [shape.cornerX * 0.86, shape.cornerY + (shape.top - shape.cornerY) * 0.55 - 0.02];
  const lip: FacePoint = [shape.cornerX * 0.45, shape.top - 0.005 + (shape.cornerY - shape.top) * 0.12];
  const brush: FacePoint = [shape.cornerX * 0.5, lip[1] - 0.09];
  const [left, right] = bothSides([end, brush]) as [FacePoint[], FacePoint[]];
  canvas.curve(
    [...right, [0, shape.top - 0.08], ...left.reverse(), [-lip[0], lip[1]], [0, shape.top], lip],
    true,
    { fill, opacity },
  );
};
