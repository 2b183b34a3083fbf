import { bothSides, css, mirrored, type FaceCanvas, type FacePoint } from './canvas.ts';
import type { ActionUnits } from './emotion-action-units.ts';
import { blend, type Identity, type Rgb } from './identity.ts';
import type { Scene } from './scene.ts';

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** How far the chin drops when the jaw does (action unit 26), and how far the chin boss rises (17). */
export const jawDrop = (units: ActionUnits): number => 0.17 * units[26] - 0.03 * units[17];

/** The head's outline, from the left temple over the crown and down the right side, closed. */
const headOutline = (identity: Identity, units: ActionUnits): FacePoint[] => {
  const { headHeight, jawWidth, chinWidth } = identity;
  const drop = jawDrop(units);
  const right: FacePoint[] = [
    [0.36, -headHeight * 0.98, 0],
    [0.78, -headHeight * 0.72, 0],
    [0.98, -0.3, 0],
    [0.97, 0.15, 0],
    [jawWidth, 0.68 + drop * 0.4, 0],
    [(jawWidth + chinWidth) * 0.56, 1 + drop * 0.8, 0.1],
    [chinWidth, headHeight * 0.92 + drop, 0.15],
  ];
  return [
    [0, -headHeight * 1.04, 0],
    ...right,
    [0, headHeight * 0.97 + drop, 0.2],
    ...mirrored(right).reverse(),
  ];
};

/** A gradient that is brightest where the light falls on the face. */
const skinPaint = (canvas: FaceCanvas, identity: Identity, scene: Scene): string =>
  canvas.define((id) => {
    const cx = 0.5 + 0.3 * Math.cos(scene.lightRad);
    const cy = 0.42 + 0.25 * Math.sin(scene.lightRad);
    const bright = css(blend(identity.skin, WHITE, 0.16));
    const dark = css(blend(identity.skin, BLACK, 0.22 + 0.2 * scene.shade));
    return (
      `<radialGradient id="${id}" cx="${cx.toFixed(2)}" cy="${cy.toFixed(2)}" r="0.78"><stop offset="0" stop-color="${bright}"/>` +
      `<stop offset="0.5" stop-color="${css(identity.skin)}"/><stop offset="1" stop-color="${dark}"/></radialGradient>`
    );
  });

const drawNeck = (canvas: FaceCanvas, identity: Identity): void => {
  const shadowed = css(blend(identity.skin, BLACK, 0.34));
  const width = identity.jawWidth * 0.66;
  const bottom = 2.4;
  canvas.curve(
    [
      [-width, 0.6, -0.4],
      [width, 0.6, -0.4],
      [width, 1.4, -0.4],
      [width * 1.1, bottom, -0.4],
      [-width * 1.1, bottom, -0.4],
      [-width, 1.4, -0.4],
    ],
    true,
    { fill: shadowed },
  );
  canvas.curve(
    [
      [-2.6, bottom, -0.4],
      [-1.5, 1.62, -0.4],
      [-0.6, 1.42, -0.3],
      [0, 1.62, -0.2],
      [0.6, 1.42, -0.3],
      [1.5, 1.62, -0.4],
      [2.6, bottom, -0.4],
    ],
    true,
    { fill: css(identity.clothes) },
  );
};

const drawEars = (canvas: FaceCanvas, identity: Identity): void => {
  const fill = css(blend(identity.skin, BLACK, 0.14));
  const inner = css(blend(identity.skin, BLACK, 0.36));
  const outline: FacePoint[] = [
    [0.94, -0.28, -0.1],
    [1.1, -0.3, -0.15],
    [1.13, -0.05, -0.15],
    [1.02, 0.22, -0.1],
    [0.93, 0.2, -0.05],
  ];
  const fold: FacePoint[] = [
    [1.02, -0.2, -0.12],
    [1.08, -0.1, -0.14],
    [1.01, 0.1, -0.1],
  ];
  canvas.curves(bothSides(outline), true, { fill });
  canvas.curves(bothSides(fold), false, { stroke: inner, strokeWidth: 0.025, opacity: 0.6 });
};

const drawBackHair = (canvas: FaceCanvas, { hair, hairStyle, headHeight }: Identity): void => {
  const fill = css(blend(hair, BLACK, 0.3));
  if (hairStyle === 'long') {
    const right: FacePoint[] = [
      [0.7, -headHeight * 1.06, -0.2],
      [1.2, -0.5, -0.2],
      [1.26, 0.5, -0.2],
      [1.2, 1.7, -0.2],
      [0.5, 1.8, -0.3],
    ];
    canvas.curve([[0, -headHeight * 1.2, -0.2], ...right, ...mirrored(right).reverse()], true, { fill });
  } else if (hairStyle === 'curly') {
    for (let step = 0; step < 13; step++) {
      const angle = Math.PI * (0.93 + (step / 12) * 1.14);
      const at: FacePoint = [1.02 * Math.cos(angle), -0.3 + headHeight * 0.86 * Math.sin(angle), -0.2];
      canvas.ellipse(at, [0.27, 0.25], { fill: css(blend(hair, BLACK, 0.15 + 0.1 * (step % 3))) });
    }
  }
};

/** Draws what lies behind the features: neck, shoulders, hair behind the head, ears and the head itself. */
export const drawHead = (
  canvas: FaceCanvas,
  { identity, units, scene }: { identity: Identity; units: ActionUnits; scene: Scene },
): void => {
  drawBackHair(canvas, identity);
  drawNeck(canvas, identity);
  if (identity.hairStyle !== 'long') drawEars(canvas, identity);
  canvas.curve(headOutline(identity, units), true, {
    fill: skinPaint(canvas, identity, scene),
    stroke: css(blend(identity.skin, BLACK, 0.4)),
    strokeWidth: 0.018,
  });
};

/** The lower edge of the hair on the forehead, right half, from the middle outwards. */
const hairline = (identity: Identity): FacePoint[] => {
  const top = -identity.headHeight;
  const recede = 0.1 * identity.age;
  switch (identity.hairStyle) {
    case 'fringe':
      return [
        [0, -0.84],
        [0.4, -0.82],
        [0.78, -0.62, 0.1],
        [0.97, -0.1, 0],
      ];
    case 'parted':
      return [
        [0, top * 0.8],
        [0.3, top * 0.68],
        [0.7, -0.62, 0.2],
        [0.98, -0.2, 0],
      ];
    case 'long':
      return [
        [0, top * 0.84],
        [0.4, top * 0.7],
        [0.82, -0.45, 0.1],
        [0.98, 0.3, 0],
      ];
    default:
      return [
        [0, top * (0.7 + recede)],
        [0.42, top * (0.68 + recede)],
        [0.76, -0.62, 0.1],
        [0.98, -0.22, 0],
      ];
  }
};

/** Draws the hair that falls over the forehead. */
export const drawFrontHair = (canvas: FaceCanvas, identity: Identity): void => {
  if (identity.hairStyle === 'bald') return;
  const top = -identity.headHeight;
  const edge = hairline(identity);
  const low = edge.at(-1)?.[1] ?? 0;
  const outer: FacePoint[] = [
    [1.06, low, 0],
    [1.05, -0.55, 0],
    [0.82, top * 0.84, 0],
    [0.42, top * 1.08, 0],
  ];
  const right = [...edge, ...outer];
  canvas.curve([...right, [0, top * 1.14, 0], ...mirrored(right).reverse().slice(0, -1)], true, {
    fill: css(identity.hair),
  });
  const shine = css(blend(identity.hair, WHITE, 0.22));
  canvas.curves(
    [-0.5, -0.2, 0.15, 0.45].map((x) => [
      [x * 0.9, top * 1.02, 0],
      [x * 1.1, top * 0.92, 0.2],
    ]),
    false,
    { stroke: shine, strokeWidth: 0.05, opacity: 0.5 },
  );
};
