import type { ImageSplit } from '../dataset/image-dataset.ts';
import { classesOf } from '../dataset/count-classes.ts';

/** How a dataset's own labels and the taggers' votes go together. */
export interface LabelAgreement {
  /** Images that have both. */
  readonly images: number;
  /** Share of them on which the own label is what most taggers said, in [0, 1]. */
  readonly agreement: number;
  /** Mean over the images of the entropy of the votes, in bits: 0 where all taggers agree. */
  readonly entropyBits: number;
  /** Rows are the own labels, columns the voted ones. */
  readonly confusion: readonly (readonly number[])[];
  readonly ownLabels: readonly string[];
  readonly votedLabels: readonly string[];
  readonly perClass: readonly {
    readonly label: string;
    readonly images: number;
    readonly agreement: number;
    readonly entropyBits: number;
  }[];
}

/** FER+'s names for emotions that FER2013 names otherwise. */
const SAME_EMOTION: ReadonlyMap<string, string> = new Map([
  ['angry', 'anger'],
  ['happy', 'happiness'],
  ['sad', 'sadness'],
  ['surprised', 'surprise'],
  ['disgusted', 'disgust'],
  ['fearful', 'fear'],
]);

/** What an own label is called among the voted ones. */
export const votedName = (label: string): string =>
  SAME_EMOTION.get(label.toLowerCase()) ?? label.toLowerCase();

const entropyOf = (row: Float32Array): number =>
  row.reduce((sum, share) => (share > 0 ? sum - share * Math.log2(share) : sum), 0);

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Compares the own labels of images with what taggers voted.
 *
 * @returns undefined where the images have no second set of labels.
 */
export const compareLabels = (
  splits: readonly ImageSplit[],
  ownLabels: readonly string[],
  votedLabels: readonly string[],
): LabelAgreement | undefined => {
  const images = splits.flatMap(({ targets, ownTargets, count }) => {
    if (ownTargets === undefined) return [];
    const [voted, own] = [classesOf(targets, votedLabels.length), classesOf(ownTargets, ownLabels.length)];
    return Array.from({ length: count }, (_, image) => ({
      own: own[image] as number,
      voted: voted[image] as number,
      entropy: entropyOf(targets.subarray(image * votedLabels.length, (image + 1) * votedLabels.length)),
    })).filter(({ own: ownLabel, voted: votedLabel }) => ownLabel >= 0 && votedLabel >= 0);
  });
  if (images.length === 0) return undefined;
  const isSame = ({ own, voted }: (typeof images)[number]): boolean =>
    votedName(ownLabels[own] as string) === votedLabels[voted];
  const summary = (some: typeof images) => ({
    images: some.length,
    agreement: mean(some.map((image) => (isSame(image) ? 1 : 0))),
    entropyBits: mean(some.map(({ entropy }) => entropy)),
  });
  const confusion = ownLabels.map(() => votedLabels.map(() => 0));
  for (const { own, voted } of images)
    (confusion[own] as number[])[voted] = ((confusion[own] as number[])[voted] as number) + 1;
  return {
    ...summary(images),
    confusion,
    ownLabels,
    votedLabels,
    perClass: ownLabels.map((label, index) => ({
      label,
      ...summary(images.filter(({ own }) => own === index)),
    })),
  };
};
