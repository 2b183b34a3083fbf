import type { ImageDataset, SkippedSource } from '../dataset/image-dataset.ts';
import type { Split } from '../dataset/sample.ts';
import type { Likeness } from '../duplicates/duplicate-finder.ts';
import type { LabelAgreement } from './compare-labels.ts';
import type { ClassBalance } from '../dataset/count-classes.ts';
import type { OutlierKind } from './find-outliers.ts';
import type { ListedImage } from './listed-image.ts';
import type { SizeSurvey } from './survey-sizes.ts';
import type { VoteVerdict } from './vote-verdicts.ts';

/** An image that shows the same picture as one of a later split. */
export interface LeakedImage {
  readonly image: ListedImage;
  readonly sameAs: ListedImage;
  readonly likeness: Likeness;
  /** In [0, 1]. */
  readonly correlation: number;
}

/** Images that show the same picture. */
export interface ImageGroup {
  readonly images: readonly ListedImage[];
  readonly isExact: boolean;
  /** Whether they have different labels. */
  readonly isConflict: boolean;
  /** Whether they lie in different splits. */
  readonly isAcrossSplits: boolean;
}

/** An image that is unlike the others. */
export interface OddImage {
  readonly image: ListedImage;
  readonly kind: OutlierKind;
  readonly value: number;
}

/** Everything that was found out about a dataset. */
export interface Inspection extends Pick<ImageDataset, 'name' | 'kind' | 'fingerprint'> {
  /** The labels that folders or rows give themselves. */
  readonly labels: readonly string[];
  /** By own labels. */
  readonly balance: readonly (ClassBalance & { readonly split: Split })[];
  /** Where votes stand beside the own labels. */
  readonly agreement: LabelAgreement | undefined;
  readonly verdicts: readonly VoteVerdict[];
  readonly leaks: readonly LeakedImage[];
  readonly groups: readonly ImageGroup[];
  readonly oddities: readonly OddImage[];
  /** Where the images are files. */
  readonly sizes: SizeSurvey | undefined;
  /** Files or rows that could not be read. */
  readonly unreadable: readonly SkippedSource[];
}
