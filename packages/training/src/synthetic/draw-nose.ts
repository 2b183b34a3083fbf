import { bothSides, css, mirrored, type FaceCanvas, type FacePoint } from './canvas.ts';
import type { ActionUnits } from './emotion-action-units.ts';
import { blend, type Identity, type Rgb } from './identity.ts';
import type { Scene } from './scene.ts';

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
const EYE_LEVEL = -0.2;

/** Draws the nose; action unit 9 raises its wings and wrinkles its bridge. */
export const drawNose = (
  canvas: FaceCanvas,
  { identity, units, scene }: { identity: Identity; units: ActionUnits; scene: Scene },
): void => {
  const tip = EYE_LEVEL + identity.noseLength - 0.05 * units[9];
  const width = identity.noseWidth * (1 + 0.18 * units[9] + 0.1 * units[12]);
  const wing = tip - 0.02 - 0.06 * units[9] - 0.02 * units[10];
  const shadow = css(blend(identity.skin, BLACK, 0.42));
  const light = css(blend(identity.skin, WHITE, 0.35));
  const shadedSide = Math.cos(scene.lightRad) > 0 ? -1 : 1;
  const bridge: FacePoint[] = [
    [0.1, EYE_LEVEL - 0.08, 0.95],
    [0.07, EYE_LEVEL + 0.14, 1.02],
    [width * 0.55, tip - 0.12, 1.04],
    [width * 0.95, wing, 0.98],
  ];
  canvas.curve(shadedSide === 1 ? bridge : mirrored(bridge), false, {
    stroke: shadow,
    strokeWidth: 0.05,
    opacity: 0.5,
  });
  canvas.curve(
    [
      [0, EYE_LEVEL + 0.05, 1.04],
      [0, tip - 0.1, 1.16],
    ],
    false,
    { stroke: light, strokeWidth: 0.07, opacity: 0.4 },
  );
  canvas.ellipse([0, tip - 0.05, 1.18], [0.07, 0.06], { fill: light, opacity: 0.4 });
  const nostril: FacePoint[] = [
    [width * 0.28, tip + 0.045, 1.08],
    [width * 0.62, wing + 0.045, 1.04],
    [width * 0.95, wing + 0.02, 0.98],
    [width * 0.98, wing - 0.06, 0.96],
  ];
  canvas.curves(bothSides(nostril), false, { stroke: shadow, strokeWidth: 0.03, opacity: 0.85 });
  for (const side of [-1, 1])
    canvas.ellipse([side * width * 0.45, tip + 0.035, 1.06], [0.045, 0.025], {
      fill: css(blend(identity.skin, BLACK, 0.68)),
    });
  if (units[9] < 0.2) return;
  canvas.curves(
    [-0.1, 0, 0.09].map((offset, index) => [
      [-0.11 - 0.02 * index, EYE_LEVEL + offset + 0.035, 0.95],
      [0, EYE_LEVEL + offset - 0.02, 1],
      [0.11 + 0.02 * index, EYE_LEVEL + offset + 0.035, 0.95],
    ]),
    false,
    { stroke: shadow, strokeWidth: 0.026, opacity: 0.85 * units[9] },
  );
};
