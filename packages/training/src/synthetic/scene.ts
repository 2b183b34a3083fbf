import { createRandom } from '@mien/contract';
import { blend, type Rgb } from './identity.ts';

/** What hides a part of a face. Positions and sizes in half face widths. */
export interface Occluder {
  readonly kind: 'hand' | 'bar' | 'strand';
  readonly x: number;
  readonly y: number;
  readonly angleRad: number;
  readonly colour: Rgb;
}

/** Everything that changes from one picture of a person to the next, apart from the expression. */
export interface Scene {
  /** Turning to the picture's right is positive. */
  readonly yawRad: number;
  /** Looking down is positive. */
  readonly pitchRad: number;
  readonly rollRad: number;
  /** Half face width over the picture's width. */
  readonly scale: number;
  /** Where the face's middle is, as shares of the picture's size. */
  readonly centre: readonly [number, number];
  /** Direction from which the light falls in the picture's plane. */
  readonly lightRad: number;
  /** 0 = even light, 1 = the far side in deep shade. */
  readonly shade: number;
  readonly gaze: readonly [number, number];
  readonly backdrop: 'plain' | 'gradient' | 'window' | 'spots';
  readonly backdropColours: readonly [Rgb, Rgb];
  readonly backdropSeed: number;
  readonly occluder: Occluder | undefined;
  /** Standard deviation of the blur, as a share of the picture's width. */
  readonly blur: number;
  /** Standard deviation of the sensor's noise, in steps of 255. */
  readonly noise: number;
  readonly noiseSeed: number;
  readonly gain: number;
  readonly gamma: number;
  /** 1 = colours as they are, 0 = gray. */
  readonly saturation: number;
  /** JPEG quality, or undefined for a picture that was never compressed. */
  readonly jpegQuality: number | undefined;
}

const DEGREE = Math.PI / 180;

/** Draws the circumstances of one picture. */
export const createScene = (seed: number): Scene => {
  const random = createRandom(seed, 0x5c);
  const colour = (): Rgb => [random.uniform(15, 240), random.uniform(15, 240), random.uniform(15, 240)];
  const limited = (degrees: number): number => Math.min(2, Math.max(-2, random.normal())) * degrees * DEGREE;
  const occluderAt = (): Occluder => ({
    kind: (['hand', 'bar', 'strand'] as const)[random.integer(3)] as Occluder['kind'],
    x: random.uniform(-0.9, 0.9),
    y: random.uniform(-0.7, 1),
    angleRad: random.uniform(0, 2 * Math.PI),
    colour: colour(),
  });
  const backdrop = colour();
  return {
    yawRad: limited(8),
    pitchRad: limited(6),
    rollRad: limited(5),
    scale: random.uniform(0.39, 0.44),
    centre: [0.5 + random.uniform(-0.03, 0.03), 0.46 + random.uniform(-0.03, 0.03)],
    lightRad: random.uniform(0, 2 * Math.PI),
    shade: random.next() ** 1.5 * 0.7,
    gaze: [random.uniform(-1, 1), random.uniform(-0.5, 0.5)],
    backdrop: (['plain', 'gradient', 'window', 'spots'] as const)[random.integer(4)] as Scene['backdrop'],
    backdropColours: [backdrop, blend(backdrop, colour(), 0.5)],
    backdropSeed: random.integer(2 ** 31),
    occluder: random.chance(0.1) ? occluderAt() : undefined,
    blur: random.chance(0.35) ? random.uniform(0.003, 0.008) : 0,
    noise: random.chance(0.6) ? random.uniform(1, 5) : 0,
    noiseSeed: random.integer(2 ** 31),
    gain: random.uniform(0.85, 1.15),
    gamma: random.uniform(0.8, 1.2),
    saturation: random.chance(0.3) ? 0 : random.uniform(0.5, 1.1),
    jpegQuality: random.chance(0.4) ? 35 + random.integer(55) : undefined,
  };
};
