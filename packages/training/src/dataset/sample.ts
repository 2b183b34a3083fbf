import type { FaceSpec } from '../synthetic/draw-face.ts';

/** Where the pixels of a sample come from. */
export type Picture =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'synthetic'; readonly face: FaceSpec }
  /** Gray bytes, row-major. */
  | { readonly kind: 'gray'; readonly gray: Uint8Array; readonly widthPx: number; readonly heightPx: number };

/** The parts of a dataset. */
export const SPLITS = ['train', 'validation', 'test'] as const;

/** A part of a dataset. */
export type Split = (typeof SPLITS)[number];

/** One picture with its plain label, before it is decoded. */
export interface Sample {
  /** Path relative to the dataset, or `row N`, where row 1 is the first after the header. */
  readonly source: string;
  readonly split: Split;
  /** Index into the dataset's labels. */
  readonly classIndex: number;
  readonly picture: Picture;
}

/** One picture with its distribution over the classes, before it is decoded. */
export interface LabelledSample {
  readonly source: string;
  readonly split: Split;
  readonly picture: Picture;
  /** Sums to 1, or all 0 where votes say nothing. */
  readonly target: readonly number[];
  /** Distribution over the dataset's own labels, where those are kept beside the votes; sums to 1. */
  readonly ownTarget?: readonly number[];
  /** Whether the scoring protocol counts it. */
  readonly scored: boolean;
}

/** The class with the largest share of a target, the first of equals; -1 where all shares are 0. */
export const topClass = (target: readonly number[]): number => {
  const largest = Math.max(...target);
  return largest > 0 ? target.indexOf(largest) : -1;
};
