import type { FaceQuality, QualityIssue } from './face-quality.ts';

/** The scale of one measure of quality. */
interface Limits {
  /** From here on nothing is amiss. */
  readonly good: number;
  /** From here on it is an issue. */
  readonly poor: number;
}

/**
 * Where the shipped model's accuracy on validation faces begins to fall (`good`), and where it has lost about ten
 * percentage points (`poor`): docs/decisions/020-how-faces-are-cut.md.
 */
const LIMITS = {
  small: { good: 40, poor: 25 },
  blurred: { good: 0.6, poor: 0.4 },
  dark: { good: 0.2, poor: 0.1 },
  bright: { good: 0.72, poor: 0.82 },
  tilted: { good: 1.4, poor: 1.8 },
  toSide: { good: 0.5, poor: 0.8 },
  down: { good: 0.2, poor: 0.4 },
  inset: { good: 0.08, poor: 0 },
} satisfies Record<string, Limits>;

/** 1 where nothing is amiss, 0.5 where it becomes an issue; straight between these and beyond, in [0, 1]. */
const part = (value: number, { good, poor }: Limits): number =>
  Math.min(Math.max(0.5 + (0.5 * (value - poor)) / (good - poor), 0), 1);

/** What is measured of a face, before it is judged. */
export interface FaceMeasures extends Omit<FaceQuality, 'score' | 'issues'> {
  /** How far the eyes and the mouth are inside the frame, as a share of the square's side: negative where one is outside. */
  readonly inset: number;
}

/** How good each side of a face's quality is, in [0, 1]: below 0.5 it is an issue. */
export const qualityParts = (measures: FaceMeasures): Readonly<Record<QualityIssue, number>> => {
  const { sizePx, sharpness, brightness, rollRad, yawRad, pitchRad, inset } = measures;
  return {
    small: part(sizePx, LIMITS.small),
    blurred: part(sharpness, LIMITS.blurred),
    dark: part(brightness, LIMITS.dark),
    bright: part(brightness, LIMITS.bright),
    tilted: part(Math.abs(rollRad), LIMITS.tilted),
    turned: Math.min(
      part(Math.abs(yawRad), LIMITS.toSide),
      part(pitchRad, LIMITS.down),
      part(-pitchRad, LIMITS.toSide),
    ),
    'cut-off': part(inset, LIMITS.inset),
  };
};
