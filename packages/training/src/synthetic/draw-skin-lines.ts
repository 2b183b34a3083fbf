import { createRandom } from '@mien/contract';
import { bothSides, css, type FaceCanvas, type FacePoint } from './canvas.ts';
import { mouthShape } from './draw-mouth.ts';
import type { ActionUnits } from './emotion-action-units.ts';
import { blend, type Identity, type Rgb } from './identity.ts';

const BLACK: Rgb = [0, 0, 0];

interface FacePart {
  readonly identity: Identity;
  readonly units: ActionUnits;
}

/** Folds from the nose's wings to the mouth's corners: deep in smiles, disgust, and age. */
const drawNasolabialFolds = (canvas: FaceCanvas, { identity, units }: FacePart): void => {
  const depth = Math.min(1, 0.1 + 0.35 * identity.age + Math.max(units[12], units[9], units[10]) * 0.7);
  const shape = mouthShape(identity, units);
  const bulge = 0.04 + 0.08 * units[12];
  canvas.curves(
    bothSides([
      [identity.noseWidth + 0.05, 0.24 - 0.06 * units[9]],
      [shape.cornerX * 0.85 + bulge + 0.04, 0.44 - 0.04 * units[12]],
      [shape.cornerX + 0.06 + bulge, shape.cornerY - 0.02],
    ]),
    false,
    { stroke: css(blend(identity.skin, BLACK, 0.4)), strokeWidth: 0.032, opacity: 0.75 * depth },
  );
};

/** Lines across the forehead that raised brows push up: in the middle (1), outside (2). */
const drawForeheadLines = (canvas: FaceCanvas, { identity, units }: FacePart): void => {
  const depth = Math.max(units[1] * 0.8, units[2] * 0.8, identity.age * 0.35);
  if (depth < 0.15) return;
  const reach = 0.22 + 0.4 * Math.max(units[2], identity.age * 0.6);
  canvas.curves(
    [-0.72, -0.82, -0.92].map((y) => [
      [-reach, y + 0.02],
      [-reach * 0.4, y - 0.02],
      [reach * 0.4, y - 0.02],
      [reach, y + 0.02],
    ]),
    false,
    { stroke: css(blend(identity.skin, BLACK, 0.36)), strokeWidth: 0.024, opacity: 0.7 * depth },
  );
};

/** Upright furrows between the brows (4). */
const drawFrown = (canvas: FaceCanvas, { identity, units }: FacePart): void => {
  const depth = Math.max(units[4], identity.age * 0.2);
  if (depth < 0.2) return;
  canvas.curves(
    bothSides([
      [0.055, -0.58, 0.9],
      [0.075, -0.48, 0.92],
      [0.055, -0.38, 0.94],
    ]),
    false,
    { stroke: css(blend(identity.skin, BLACK, 0.46)), strokeWidth: 0.028, opacity: 0.85 * depth },
  );
};

/** Cheeks: a blush that rises with action unit 6, and freckles. */
const drawCheeks = (canvas: FaceCanvas, { identity, units }: FacePart): void => {
  const blush = css(blend(identity.skin, [205, 70, 60], 0.4));
  for (const side of [-1, 1])
    canvas.ellipse([side * 0.58, 0.2 - 0.07 * units[6]], [0.22, 0.16 + 0.03 * units[6]], {
      fill: blush,
      opacity: 0.22 + 0.2 * units[6],
    });
  if (!identity.freckles) return;
  const random = createRandom(Math.round(identity.headHeight * 1e6));
  const spots = Array.from({ length: 26 }, (): FacePoint[] => {
    const [x, y] = [random.uniform(-0.7, 0.7), random.uniform(0, 0.32)];
    return [
      [x, y],
      [x + 0.003, y],
    ];
  });
  canvas.curves(spots, false, {
    stroke: css(blend(identity.skin, [140, 80, 50], 0.6)),
    strokeWidth: 0.028,
    opacity: 0.7,
  });
};

/** Draws what expression and age write into the skin. */
export const drawSkinLines = (canvas: FaceCanvas, part: FacePart): void => {
  drawCheeks(canvas, part);
  drawNasolabialFolds(canvas, part);
  drawForeheadLines(canvas, part);
  drawFrown(canvas, part);
};
