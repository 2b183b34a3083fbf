import { basename } from 'node:path';
import { FERPLUS_LABELS } from '@mien/contract';
import { VotesMatchNothingError, VotesRowCountError } from './dataset-errors.ts';
import type { SkippedSource } from './image-dataset.ts';
import type { VoteRow } from './read-votes.ts';
import type { LabelledSample, Sample } from './sample.ts';
import { voteTarget } from './vote-target.ts';

const oneHots = (classes: number): readonly (readonly number[])[] =>
  Array.from({ length: classes }, (_, hot) =>
    Array.from({ length: classes }, (__, index) => (index === hot ? 1 : 0)),
  );

/** Gives every sample its own plain label: all of the class that its folder or row names. */
export const labelByClass = (samples: readonly Sample[], classes: number): LabelledSample[] => {
  const oneHot = oneHots(classes);
  return samples.map(({ source, split, picture, classIndex }) => ({
    source,
    split,
    picture,
    target: oneHot[classIndex] as readonly number[],
    scored: true,
  }));
};

/** Samples with their votes, and those that votes leave out. */
export interface VotedSamples {
  readonly samples: readonly LabelledSample[];
  readonly skipped: readonly SkippedSource[];
}

/** The target of an image of which the votes say nothing. */
const NO_TARGET: readonly number[] = FERPLUS_LABELS.map(() => 0);

type VotesOf = (sample: Sample) => readonly number[] | undefined;

const joinVotes = (samples: readonly Sample[], votesOf: VotesOf, params: VoteParams): VotedSamples => {
  const { isStrict, ownClasses } = params;
  const own = ownClasses === undefined ? undefined : oneHots(ownClasses);
  const labelled: LabelledSample[] = [];
  const skipped: SkippedSource[] = [];
  for (const sample of samples) {
    const { source, split, picture, classIndex } = sample;
    const votes = votesOf(sample);
    const result = votes === undefined ? 'no votes' : voteTarget(votes);
    const ownTarget = own === undefined ? {} : { ownTarget: own[classIndex] as readonly number[] };
    if (typeof result !== 'string') {
      const scored = !isStrict || result.isStrict;
      labelled.push({ source, split, picture, target: result.target, scored, ...ownTarget });
    } else if (own === undefined) skipped.push({ source, reason: result });
    else labelled.push({ source, split, picture, target: NO_TARGET, scored: false, ...ownTarget });
  }
  return { samples: labelled, skipped };
};

interface VoteParams {
  readonly samples: readonly Sample[];
  readonly votes: readonly VoteRow[];
  readonly isStrict: boolean;
  readonly dataPath: string;
  readonly votesPath: string;
  /**
   * Number of the dataset's own classes, where its own labels are kept beside the votes. Images without usable votes
   * then stay, for their own label.
   */
  readonly ownClasses?: number | undefined;
}

/**
 * Labels image files by votes with their file names. Where FER+ names an image twice, its votes are the same twice.
 *
 * @throws {VotesMatchNothingError} when no file has votes.
 */
export const labelByVoteNames = (params: VoteParams): VotedSamples => {
  const { samples, votes, dataPath, votesPath } = params;
  const byName = new Map(
    votes.filter(({ imageName }) => imageName !== '').map((row) => [row.imageName, row.votes]),
  );
  const nameOf = ({ source }: Sample): string => basename(source);
  if (!samples.some((sample) => byName.has(nameOf(sample)))) {
    const [image, vote] = [samples[0], votes.find(({ imageName }) => imageName !== '')];
    throw new VotesMatchNothingError(
      votesPath,
      dataPath,
      image === undefined ? '(none)' : nameOf(image),
      vote?.imageName ?? '',
    );
  }
  return joinVotes(samples, (sample) => byName.get(nameOf(sample)), params);
};

/**
 * Labels the rows of `fer2013.csv` by the rows of `fer2013new.csv` of the same number.
 *
 * @param params.rows number of rows of the data file, damaged ones counted in.
 * @throws {VotesRowCountError} when the two files have different numbers of rows.
 */
export const labelByVoteRows = (params: VoteParams & { readonly rows: number }): VotedSamples => {
  const { samples, votes, dataPath, votesPath, rows } = params;
  if (votes.length !== rows) throw new VotesRowCountError(votesPath, votes.length, dataPath, rows);
  const rowOf = ({ source }: Sample): number => Number(source.slice('row '.length));
  return joinVotes(samples, (sample) => votes[rowOf(sample) - 1]?.votes, params);
};
