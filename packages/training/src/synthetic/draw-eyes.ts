import { bothSides, css, type FaceCanvas, type FacePoint } from './canvas.ts';
import type { ActionUnits } from './emotion-action-units.ts';
import { blend, type Identity, type Rgb } from './identity.ts';
import type { Scene } from './scene.ts';

const BLACK: Rgb = [0, 0, 0];
const EYE_LEVEL = -0.2;

interface FacePart {
  readonly identity: Identity;
  readonly units: ActionUnits;
}

/** How far grief shows: the inner ends of the brows raised (1) without the outer ones (2). */
const griefOf = (units: ActionUnits): number => Math.max(0, units[1] - units[2]);

/** Heights of the lids over and under the eye's middle. */
const lidHeights = ({ identity, units }: FacePart): { upper: number; lower: number } => ({
  upper:
    identity.eyeOpening *
    Math.max(
      0.3,
      1 + 0.95 * units[5] - 0.4 * units[7] - 0.3 * units[6] - 0.3 * units[9] - 0.3 * griefOf(units),
    ),
  lower:
    identity.eyeOpening *
    0.75 *
    Math.max(0.1, 1 + 0.25 * units[5] - 0.55 * units[7] - 0.85 * units[6] - 0.4 * units[9]),
});

const eyeOutline = (part: FacePart, side: -1 | 1): { upper: FacePoint[]; lower: FacePoint[] } => {
  const { eyeDistance, eyeWidth, eyeSlant } = part.identity;
  const { upper, lower } = lidHeights(part);
  // Grief lifts the inner end of the upper lid and lets the outer one sink.
  const grief = 0.045 * griefOf(part.units);
  const inner: FacePoint = [side * (eyeDistance - eyeWidth), EYE_LEVEL + 0.015];
  const outer: FacePoint = [side * (eyeDistance + eyeWidth), EYE_LEVEL - eyeSlant + grief];
  const at = (share: number, height: number): FacePoint => [
    side * (eyeDistance + share * eyeWidth),
    EYE_LEVEL - height - eyeSlant * 0.5 * share,
  ];
  return {
    upper: [
      inner,
      at(-0.5, upper * 0.85 + grief),
      at(0.05, upper * 1.05),
      at(0.58, upper * 0.8 - grief),
      outer,
    ],
    lower: [outer, at(0.5, -lower * 0.8), at(0, -lower), at(-0.55, -lower * 0.7), inner],
  };
};

const drawEye = (canvas: FaceCanvas, part: FacePart, scene: Scene, side: -1 | 1): void => {
  const { identity, units } = part;
  const { upper, lower } = eyeOutline(part, side);
  const outline = [...upper, ...lower.slice(1, -1)];
  const line = css(blend(identity.skin, BLACK, 0.75));
  const crease = css(blend(identity.skin, BLACK, 0.42));
  const lidShift = 0.055 + 0.05 * units[5] - 0.03 * units[4];
  canvas.curve(
    upper.map(([x, y]) => [x, y - lidShift]),
    false,
    { stroke: crease, strokeWidth: 0.028, opacity: 0.6 },
  );
  canvas.curve(outline, true, { fill: 'rgb(240 236 230)' });
  const iris: FacePoint = [
    side * identity.eyeDistance + 0.05 * scene.gaze[0],
    EYE_LEVEL + 0.03 * scene.gaze[1],
  ];
  canvas.inside(outline, () => {
    canvas.ellipse(iris, [0.115, 0.115], { fill: css(identity.iris) });
    canvas.ellipse(iris, [0.058, 0.058], { fill: 'rgb(12 10 10)' });
  });
  const light: FacePoint = [iris[0] + 0.035 * Math.cos(scene.lightRad), iris[1] - 0.03];
  canvas.ellipse(light, [0.02, 0.02], { fill: 'white', opacity: 0.9 });
  canvas.curve(upper, false, { stroke: line, strokeWidth: 0.036 });
  canvas.curve(lower, false, { stroke: crease, strokeWidth: 0.02, opacity: 0.8 });
  const bag = Math.max(units[6], units[9] * 0.6, units[7] * 0.5, identity.age * 0.6);
  canvas.curve(
    lower.slice(1).map(([x, y]) => [x, y + 0.07 - 0.015 * units[6]]),
    false,
    { stroke: crease, strokeWidth: 0.026, opacity: 0.15 + 0.55 * bag },
  );
};

const drawCrowsFeet = (canvas: FaceCanvas, { identity, units }: FacePart): void => {
  const depth = Math.max(units[6], identity.age * 0.5);
  if (depth < 0.2) return;
  const x = identity.eyeDistance + identity.eyeWidth + 0.05;
  const lines = [-0.07, 0, 0.07].flatMap((rise) =>
    bothSides([
      [x, EYE_LEVEL + rise * 0.4],
      [x + 0.12, EYE_LEVEL + rise * 1.2],
    ]),
  );
  canvas.curves(lines, false, {
    stroke: css(blend(identity.skin, BLACK, 0.45)),
    strokeWidth: 0.018,
    opacity: 0.7 * depth,
  });
};

/** Outline of one brow. */
const browOutline = ({ identity, units }: FacePart, side: -1 | 1): FacePoint[] => {
  const { eyeDistance, eyeWidth, browHeight, browArch, browThickness } = identity;
  const level = EYE_LEVEL - browHeight;
  // Raised and drawn together at once (1+4), brows stay high: the frown's pull goes sideways, not down.
  const lowered = units[4] * (1 - 0.8 * units[1]);
  const innerRise = 0.25 * units[1] - 0.19 * lowered - 0.07 * units[9];
  const outerRise = 0.18 * units[2] - 0.02 * lowered - 0.08 * griefOf(units) - 0.02 * units[9];
  const together = 0.07 * units[4] + 0.02 * units[9];
  const points: readonly FacePoint[] = [
    [side * (eyeDistance - eyeWidth * 1.05 - together), level - innerRise + 0.015],
    [
      side * (eyeDistance - eyeWidth * 0.3 - together * 0.6),
      level - innerRise * 0.65 - outerRise * 0.35 - browArch * 0.7,
    ],
    [side * (eyeDistance + eyeWidth * 0.45), level - innerRise * 0.15 - outerRise * 0.95 - browArch],
    [side * (eyeDistance + eyeWidth * 1.25), level - outerRise * 0.75 + 0.04],
  ];
  const half = (index: number): number => browThickness * ([0.5, 0.62, 0.5, 0.1][index] ?? 0);
  const upper: FacePoint[] = points.map(([x, y], index) => [x, y - half(index)]);
  const lower: FacePoint[] = points.map(([x, y], index) => [x, y + half(index)]);
  return [...upper, ...lower.reverse()];
};

/** Draws eyes, lids, the lines around them, and brows, as action units 1, 2, 4, 5, 6, 7 and 9 move them. */
export const drawEyes = (
  canvas: FaceCanvas,
  { identity, units, scene }: { identity: Identity; units: ActionUnits; scene: Scene },
): void => {
  const part = { identity, units };
  for (const side of [-1, 1] as const) drawEye(canvas, part, scene, side);
  drawCrowsFeet(canvas, part);
  canvas.curves([browOutline(part, -1), browOutline(part, 1)], true, {
    fill: css(blend(blend(identity.hair, BLACK, 0.25), identity.skin, 0.12)),
  });
};

/** Draws spectacles of the identity's shape. */
export const drawGlasses = (canvas: FaceCanvas, { glasses, eyeDistance }: Identity): void => {
  if (glasses === 'none') return;
  const [width, height] = glasses === 'round' ? [0.3, 0.27] : [0.33, 0.21];
  const power = glasses === 'round' ? 1 : 0.55;
  const frame = { stroke: 'rgb(28 26 30)', strokeWidth: 0.04 };
  const bend = (value: number): number => Math.sign(value) * Math.abs(value) ** power;
  const rim = Array.from({ length: 16 }, (_, step): FacePoint => {
    const angle = (step / 16) * 2 * Math.PI;
    return [eyeDistance + width * bend(Math.cos(angle)), EYE_LEVEL + 0.03 + height * bend(Math.sin(angle))];
  });
  canvas.curves(bothSides(rim), true, { ...frame, fill: 'rgb(200 220 240 / 0.12)' });
  const temple: FacePoint[] = [
    [eyeDistance + width, EYE_LEVEL],
    [1, EYE_LEVEL - 0.06, 0],
  ];
  const bridge: FacePoint[] = [
    [-(eyeDistance - width), EYE_LEVEL + 0.01],
    [0, EYE_LEVEL - 0.04],
    [eyeDistance - width, EYE_LEVEL + 0.01],
  ];
  canvas.curves([...bothSides(temple), bridge], false, frame);
};
