import type { ImageFigures } from './measure-image.ts';

/** In which way an image is unlike the others, the gravest first. */
export const OUTLIER_KINDS = [
  'blank',
  'nearly empty',
  'very dark',
  'very bright',
  'low contrast',
  'blurred',
  'hard edges',
] as const;

/** One of {@link OUTLIER_KINDS}. */
export type OutlierKind = (typeof OUTLIER_KINDS)[number];

/** An image that is unlike the others. */
export interface Outlier {
  /** Number of the image among those given. */
  readonly image: number;
  readonly kind: OutlierKind;
  /** The figure that says so. */
  readonly value: number;
}

/*
 * Limits found by looking at FER2013's extremes. Above an evenness of 0.7 nearly all were signs, lettering or empty
 * grounds, below 0.6 nearly all were faces; the limits of light and contrast hold back one image in a thousand or so,
 * on which people see little.
 */
const BLANK_CONTRAST = 2;
const EVEN = 0.7;
const DARK = 25;
const BRIGHT = 228;
const LOW_CONTRAST = 15;
/** In robust standard deviations of the logarithm of detail. */
const DETAIL_DEVIATIONS = 3.5;
/** What turns the median absolute deviation of normally distributed values into their standard deviation. */
const MAD_TO_DEVIATION = 1.4826;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

interface Usual {
  readonly middle: number;
  readonly spread: number;
}

/** Middle and spread of the images that show something. */
const usualDetail = (figures: readonly ImageFigures[]): Usual => {
  const logs = figures
    .filter(({ contrast, detail }) => contrast >= BLANK_CONTRAST && detail > 0)
    .map(({ detail }) => Math.log(detail));
  const middle = median(logs);
  return { middle, spread: MAD_TO_DEVIATION * median(logs.map((value) => Math.abs(value - middle))) };
};

const judge = (figures: ImageFigures, { middle, spread }: Usual): Omit<Outlier, 'image'> | undefined => {
  const { brightness, contrast, evenness, detail } = figures;
  if (contrast < BLANK_CONTRAST) return { kind: 'blank', value: contrast };
  if (evenness > EVEN) return { kind: 'nearly empty', value: evenness };
  if (brightness < DARK) return { kind: 'very dark', value: brightness };
  if (brightness > BRIGHT) return { kind: 'very bright', value: brightness };
  if (contrast < LOW_CONTRAST) return { kind: 'low contrast', value: contrast };
  if (spread === 0 || detail === 0) return undefined;
  const deviations = (Math.log(detail) - middle) / spread;
  if (deviations < -DETAIL_DEVIATIONS) return { kind: 'blurred', value: detail };
  return deviations > DETAIL_DEVIATIONS ? { kind: 'hard edges', value: detail } : undefined;
};

/**
 * Finds images that are blank, or unlike the others in light, contrast or sharpness.
 *
 * @returns by kind, then the most extreme first.
 */
export const findOutliers = (figures: readonly ImageFigures[]): Outlier[] => {
  const usual = usualDetail(figures);
  const found = figures.flatMap((some, image) => {
    const verdict = judge(some, usual);
    return verdict === undefined ? [] : [{ image, ...verdict }];
  });
  // The further from usual, the larger: a large value where much is strange, a small one where little is.
  const extremity = ({ kind, value }: Outlier): number =>
    kind === 'nearly empty' || kind === 'very bright' || kind === 'hard edges' ? value : -value;
  return found.toSorted(
    (a, b) =>
      OUTLIER_KINDS.indexOf(a.kind) - OUTLIER_KINDS.indexOf(b.kind) ||
      extremity(b) - extremity(a) ||
      a.image - b.image,
  );
};
