import { createRandom } from '@mien/contract';
import { createFaceCanvas } from './canvas.ts';
import { drawEyes, drawGlasses } from './draw-eyes.ts';
import { drawFrontHair, drawHead } from './draw-head.ts';
import { drawBeard, drawMouth } from './draw-mouth.ts';
import { drawNose } from './draw-nose.ts';
import { drawBackdrop, drawOccluder, drawShade } from './draw-scene.ts';
import { drawSkinLines } from './draw-skin-lines.ts';
import { drawActionUnits, type SyntheticEmotion } from './emotion-action-units.ts';
import { createIdentity } from './identity.ts';
import { createScene } from './scene.ts';

/** One synthetic picture, described by what it shows, who, and in which circumstances. */
export interface FaceSpec {
  readonly emotion: SyntheticEmotion;
  /** Who: the same seed is the same person. */
  readonly identitySeed: number;
  /** Pose, light, camera and the expression's exact course: the same seed is the same picture. */
  readonly variationSeed: number;
}

/** Draws a face as an SVG of `sizePx` × `sizePx`, before the camera's blur and noise. */
export const drawFace = ({
  emotion,
  identitySeed,
  variationSeed,
  sizePx,
}: FaceSpec & { readonly sizePx: number }): string => {
  const identity = createIdentity(identitySeed);
  const scene = createScene(variationSeed);
  const units = drawActionUnits(emotion, createRandom(variationSeed, 0xac));
  const canvas = createFaceCanvas(scene);
  const subject = { identity, units, scene };
  drawBackdrop(canvas, scene);
  drawHead(canvas, subject);
  drawSkinLines(canvas, subject);
  drawBeard(canvas, subject);
  drawNose(canvas, subject);
  drawMouth(canvas, subject);
  drawEyes(canvas, subject);
  drawFrontHair(canvas, identity);
  drawGlasses(canvas, identity);
  drawOccluder(canvas, scene, identity);
  drawShade(canvas, scene);
  return canvas.toSvg(sizePx);
};
