import { addNoise } from './add-noise.ts';
import { blurPicture } from './blur-picture.ts';
import { compressPicture } from './compress-picture.ts';
import type { Corrupt, Corruption } from './corruption.ts';
import { dimLight } from './dim-light.ts';
import { jitterCrop } from './jitter-crop.ts';
import { occludePicture } from './occlude-picture.ts';
import { rotatePicture } from './rotate-picture.ts';

/** What a strength is called, and what it does. */
type Strength = readonly [strength: string, corrupt: Corrupt];

const corruption = (
  name: string,
  description: string,
  [mild, plain, severe]: readonly [Strength, Strength, Strength],
): Corruption => ({
  name,
  description,
  levels: [
    { level: 1, strength: mild[0], corrupt: mild[1] },
    { level: 2, strength: plain[0], corrupt: plain[1] },
    { level: 3, strength: severe[0], corrupt: severe[1] },
  ],
});

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;

const blur = (sigmaShare: number): Strength => [
  `σ ${percent(sigmaShare)} of height`,
  (picture) => blurPicture(picture, sigmaShare),
];

const noise = (sigma: number): Strength => [
  `σ ${sigma} of 255`,
  (picture, random) => addNoise(picture, sigma, random),
];

const jpeg = (quality: number): Strength => [
  `quality ${quality}`,
  (picture) => compressPicture(picture, quality),
];

const rotation = (angleDeg: number): Strength => [
  `± ${angleDeg}°`,
  (picture, random) => rotatePicture(picture, angleDeg, random),
];

const crop = (shift: number, scale: number): Strength => [
  `shift ${percent(shift)}, scale ${scale}`,
  (picture, random) => jitterCrop(picture, { shift, scale }, random),
];

const lowLight = (parts: number): Strength => [
  `1/${parts} of the light`,
  (picture, random) => dimLight(picture, 1 / parts, random),
];

const occlusion = (width: number, height: number): Strength => [
  `${percent(width)} × ${percent(height)}`,
  (picture, random) => occludePicture(picture, { width, height }, random),
];

/**
 * Everything that pictures are corrupted with. Strengths were chosen by eye: 1 is noticed only beside the original, at 3
 * a person still names the expression. They are shares of the picture where they are lengths, so that they mean the same
 * for every input size; changing one makes tables of before and after incomparable.
 */
export const CORRUPTIONS: readonly Corruption[] = [
  corruption('blur', 'Out of focus, or far away: Gaussian', [blur(0.015), blur(0.025), blur(0.035)]),
  corruption('noise', "A sensor's noise: Gaussian, every pixel on its own", [noise(6), noise(12), noise(24)]),
  corruption('jpeg', 'Compressed hard', [jpeg(50), jpeg(25), jpeg(12)]),
  corruption('rotation', 'Head or camera tilted, to either side', [rotation(10), rotation(20), rotation(30)]),
  corruption('crop', "The detector's box is off: shifted, and too large or too small", [
    crop(0.05, 1.05),
    crop(0.1, 1.12),
    crop(0.15, 1.25),
  ]),
  corruption('low light', 'Little light: darker, and noisier the darker', [
    lowLight(2),
    lowLight(6),
    lowLight(20),
  ]),
  corruption('occlusion', 'A rectangle, dark or gray or noise, over eyes, mouth or anywhere', [
    occlusion(0.3, 0.15),
    occlusion(0.5, 0.2),
    occlusion(0.75, 0.28),
  ]),
];
