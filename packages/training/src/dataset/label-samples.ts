import { basename } from 'node:path';
import { VotesMatchNothingError, VotesRowCountError } from './dataset-errors.ts';
import type { SkippedSource } from './image-dataset.ts';
import type { VoteRow } from './read-votes.ts';
import type { LabelledSample, Sample } from './sample.ts';
import { voteTarget } from './vote-target.ts';

/** Gives every sample its own plain label: all of the class that its folder or row names. */
export const labelByClass = (samples: readonly Sample[], classes: number): LabelledSample[] => {
  const oneHot = Array.from({ length: classes }, (_, hot) =>
    Array.from({ length: classes }, (_, index) => (index === hot ? 1 : 0)),
  );
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

const joinVotes = (
  samples: readonly Sample[],
  votesOf: (sample: Sample) => readonly number[] | undefined,
  isStrict: boolean,
): VotedSamples => {
  const labelled: LabelledSample[] = [];
  const skipped: SkippedSource[] = [];
  for (const sample of samples) {
    const votes = votesOf(sample);
    const result = votes === undefined ? 'no votes' : voteTarget(votes);
    if (typeof result === 'string') {
      skipped.push({ source: sample.source, reason: result });
    } else {
      const { source, split, picture } = sample;
      labelled.push({ source, split, picture, target: result.target, scored: !isStrict || result.isStrict });
    }
  }
  return { samples: labelled, skipped };
};

interface VoteParams {
  readonly samples: readonly Sample[];
  readonly votes: readonly VoteRow[];
  readonly isStrict: boolean;
  readonly dataPath: string;
  readonly votesPath: string;
}

/**
 * Labels image files by votes with their file names. Where FER+ names an image twice, its votes are the same twice.
 *
 * @throws {VotesMatchNothingError} when no file has votes.
 */
export const labelByVoteNames = (params: VoteParams): VotedSamples => {
  const { samples, votes, isStrict, dataPath, votesPath } = params;
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
  return joinVotes(samples, (sample) => byName.get(nameOf(sample)), isStrict);
};

/**
 * Labels the rows of `fer2013.csv` by the rows of `fer2013new.csv` of the same number.
 *
 * @param params.rows number of rows of the data file, damaged ones counted in.
 * @throws {VotesRowCountError} when the two files have different numbers of rows.
 */
export const labelByVoteRows = (params: VoteParams & { readonly rows: number }): VotedSamples => {
  const { samples, votes, isStrict, dataPath, votesPath, rows } = params;
  if (votes.length !== rows) throw new VotesRowCountError(votesPath, votes.length, dataPath, rows);
  const rowOf = ({ source }: Sample): number => Number(source.slice('row '.length));
  return joinVotes(samples, (sample) => votes[rowOf(sample) - 1]?.votes, isStrict);
};
