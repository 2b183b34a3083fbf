import { createRandom } from '@mien/contract';
import { css, type FaceCanvas, type FacePoint } from './canvas.ts';
import { blend, type Identity, type Rgb } from './identity.ts';
import type { Occluder, Scene } from './scene.ts';

const BLACK: Rgb = [0, 0, 0];

/** Draws what stands behind the person. */
export const drawBackdrop = (canvas: FaceCanvas, scene: Scene): void => {
  const [first, second] = scene.backdropColours;
  const random = createRandom(scene.backdropSeed);
  const fill =
    scene.backdrop === 'gradient'
      ? canvas.define(
          (id) =>
            `<linearGradient id="${id}" x1="0" y1="0" x2="${random.next().toFixed(2)}" y2="1">` +
            `<stop offset="0" stop-color="${css(first)}"/><stop offset="1" stop-color="${css(second)}"/></linearGradient>`,
        )
      : css(first);
  canvas.raw(`<rect width="100" height="100" fill="${fill}"/>`);
  if (scene.backdrop === 'window')
    for (let pane = 0; pane < 4; pane++)
      canvas.raw(
        `<rect x="${random.integer(90)}" y="${random.integer(70)}" width="${10 + random.integer(30)}" ` +
          `height="${15 + random.integer(50)}" fill="${css(blend(second, first, random.next() * 0.7))}"/>`,
      );
  if (scene.backdrop === 'spots')
    for (let spot = 0; spot < 9; spot++)
      canvas.raw(
        `<circle cx="${random.integer(100)}" cy="${random.integer(100)}" r="${3 + random.integer(14)}" ` +
          `fill="${css(blend(second, first, random.next()))}" fill-opacity="0.6"/>`,
      );
};

/** Lays the shade of a light from one side over the whole picture. */
export const drawShade = (canvas: FaceCanvas, scene: Scene): void => {
  const [x, y] = [Math.cos(scene.lightRad) / 2, Math.sin(scene.lightRad) / 2];
  const ends =
    `x1="${(0.5 + x).toFixed(2)}" y1="${(0.5 + y).toFixed(2)}" ` +
    `x2="${(0.5 - x).toFixed(2)}" y2="${(0.5 - y).toFixed(2)}"`;
  const fill = canvas.define(
    (id) =>
      `<linearGradient id="${id}" ${ends}>` +
      `<stop offset="0" stop-color="white" stop-opacity="${(0.18 * scene.shade).toFixed(2)}"/>` +
      `<stop offset="0.45" stop-color="black" stop-opacity="0"/>` +
      `<stop offset="1" stop-color="black" stop-opacity="${(0.62 * scene.shade).toFixed(2)}"/></linearGradient>`,
  );
  canvas.raw(`<rect width="100" height="100" fill="${fill}"/>`);
};

const drawHand = (canvas: FaceCanvas, { x, y, angleRad }: Occluder, identity: Identity): void => {
  const fill = css(blend(identity.skin, BLACK, 0.08));
  const stroke = css(blend(identity.skin, BLACK, 0.45));
  const side = x < 0 ? -1 : 1;
  const turned = (along: number, across: number): FacePoint => {
    const angle = -Math.PI / 2 + side * 0.3 + 0.2 * Math.sin(angleRad);
    return [
      side * 0.75 + along * Math.cos(angle) - across * Math.sin(angle),
      Math.max(0.75, y) + along * Math.sin(angle) + across * Math.cos(angle),
      1,
    ];
  };
  for (const finger of [-0.2, -0.07, 0.07, 0.2])
    canvas.curve([turned(-0.1, finger), turned(0.35, finger * 0.9)], false, { stroke, strokeWidth: 0.16 });
  for (const finger of [-0.2, -0.07, 0.07, 0.2])
    canvas.curve([turned(-0.1, finger), turned(0.35, finger * 0.9)], false, {
      stroke: fill,
      strokeWidth: 0.13,
    });
  canvas.ellipse(turned(-0.3, 0), [0.3, 0.3], { fill });
};

/** Draws what hides a part of the face, if anything does. */
export const drawOccluder = (canvas: FaceCanvas, { occluder }: Scene, identity: Identity): void => {
  if (occluder === undefined) return;
  const { kind, x, y, angleRad, colour } = occluder;
  if (kind === 'hand') {
    drawHand(canvas, occluder, identity);
  } else if (kind === 'bar') {
    const reach = (share: number): FacePoint => [
      x + share * 2.4 * Math.cos(angleRad),
      y + share * 2.4 * Math.sin(angleRad),
      1,
    ];
    canvas.curve([reach(-1), reach(1)], false, { stroke: css(colour), strokeWidth: 0.18 });
  } else {
    const strand: FacePoint[] = [
      [x * 0.5, -1.3, 0.3],
      [x * 0.9, -0.7, 0.9],
      [x, 0.1, 1],
      [x * 1.2, 0.7, 0.8],
    ];
    canvas.curve(strand, false, { stroke: css(blend(identity.hair, colour, 0.1)), strokeWidth: 0.11 });
  }
};
