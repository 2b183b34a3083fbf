import { createRandom, type Random } from '@mien/contract';

/** A colour as red, green and blue in [0, 255]. */
export type Rgb = readonly [number, number, number];

/** Everything that stays the same from one picture of a person to the next. Lengths are in half face widths. */
export interface Identity {
  readonly skin: Rgb;
  readonly hair: Rgb;
  readonly iris: Rgb;
  readonly lips: Rgb;
  readonly clothes: Rgb;
  /** Half height of the head. */
  readonly headHeight: number;
  /** Width of the jaw against the width at the cheekbones. */
  readonly jawWidth: number;
  readonly chinWidth: number;
  readonly eyeDistance: number;
  readonly eyeWidth: number;
  readonly eyeOpening: number;
  /** Height of the outer eye corner over the inner one. */
  readonly eyeSlant: number;
  readonly browThickness: number;
  readonly browHeight: number;
  readonly browArch: number;
  readonly noseLength: number;
  readonly noseWidth: number;
  readonly mouthWidth: number;
  readonly lipThickness: number;
  readonly hairStyle: 'bald' | 'short' | 'fringe' | 'long' | 'curly' | 'parted';
  readonly beard: 'none' | 'stubble' | 'moustache' | 'full';
  readonly glasses: 'none' | 'round' | 'square';
  /** Depth of the lines that age draws: 0 = young, 1 = old. */
  readonly age: number;
  readonly freckles: boolean;
}

const SKINS: readonly Rgb[] = [
  [255, 224, 196],
  [242, 204, 172],
  [226, 178, 142],
  [206, 154, 116],
  [176, 124, 88],
  [142, 96, 66],
  [116, 78, 56],
  [92, 62, 46],
];

const HAIRS: readonly Rgb[] = [
  [28, 23, 22],
  [52, 36, 28],
  [86, 56, 36],
  [124, 82, 48],
  [178, 136, 82],
  [214, 184, 128],
  [150, 66, 34],
];

const IRISES: readonly Rgb[] = [
  [62, 40, 26],
  [92, 62, 36],
  [86, 104, 66],
  [88, 122, 150],
  [110, 120, 126],
];

const pick = <T>(items: readonly T[], random: Random): T => items[random.integer(items.length)] as T;

/** Blends two colours: `share` 0 gives the first, 1 the second. */
export const blend = (first: Rgb, second: Rgb, share: number): Rgb => [
  first[0] + (second[0] - first[0]) * share,
  first[1] + (second[1] - first[1]) * share,
  first[2] + (second[2] - first[2]) * share,
];

/** Draws a person. The same seed is the same person in every picture. */
export const createIdentity = (seed: number): Identity => {
  const random = createRandom(seed, 0x1d);
  const skinIndex = random.integer(SKINS.length);
  const skin = blend(SKINS[skinIndex] as Rgb, SKINS[Math.min(skinIndex + 1, 7)] as Rgb, random.next());
  const age = random.next() ** 1.5;
  const masculine = random.chance(0.5);
  const natural = pick(skinIndex > 4 ? HAIRS.slice(0, 3) : HAIRS, random);
  const hair = blend(natural, [176, 174, 172], age > 0.65 ? random.uniform(0.3, 1) : 0);
  return {
    skin,
    hair,
    age,
    iris: pick(skinIndex > 3 ? IRISES.slice(0, 2) : IRISES, random),
    lips: blend(
      skin,
      masculine ? [150, 78, 70] : [182, 62, 72],
      random.uniform(0.35, masculine ? 0.6 : 0.85),
    ),
    clothes: [random.uniform(20, 235), random.uniform(20, 235), random.uniform(20, 235)],
    headHeight: random.uniform(1.22, 1.42),
    jawWidth: random.uniform(masculine ? 0.8 : 0.72, masculine ? 0.94 : 0.86),
    chinWidth: random.uniform(0.26, masculine ? 0.46 : 0.38),
    eyeDistance: random.uniform(0.4, 0.48),
    eyeWidth: random.uniform(0.23, 0.28),
    eyeOpening: random.uniform(0.105, 0.135),
    eyeSlant: random.uniform(-0.02, 0.05),
    browThickness: random.uniform(0.05, masculine ? 0.1 : 0.075),
    browHeight: random.uniform(0.28, 0.33),
    browArch: random.uniform(0.02, 0.07),
    noseLength: random.uniform(0.46, 0.58),
    noseWidth: random.uniform(0.17, 0.26),
    mouthWidth: random.uniform(0.38, 0.46),
    lipThickness: random.uniform(0.075, 0.115),
    hairStyle: masculine
      ? pick(['bald', 'short', 'short', 'parted', 'curly'] as const, random)
      : pick(['fringe', 'long', 'long', 'parted', 'curly', 'short'] as const, random),
    beard: masculine ? pick(['none', 'none', 'stubble', 'moustache', 'full'] as const, random) : 'none',
    glasses: pick(['none', 'none', 'none', 'none', 'round', 'square'] as const, random),
    freckles: skinIndex < 3 && random.chance(0.25),
  };
};
