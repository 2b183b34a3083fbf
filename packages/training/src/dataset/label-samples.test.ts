import { join } from 'node:path';
import {
  MissingColumnsError,
  TooManyUnusableError,
  VotesMatchNothingError,
  VotesRowCountError,
} from './dataset-errors.ts';
import { emptyFolder, writeFiles } from './image-folder.test-support.ts';
import { labelByClass, labelByVoteNames, labelByVoteRows } from './label-samples.ts';
import { readVotes, VOTE_COLUMNS } from './read-votes.ts';
import type { Sample } from './sample.ts';

const HEADER = `Usage,Image name,${VOTE_COLUMNS.join(',')}`;

const votesFile = async (...rows: string[]): Promise<string> => {
  const root = await emptyFolder();
  await writeFiles(root, { 'votes.csv': [HEADER, ...rows, ''].join('\n') });
  return join(root, 'votes.csv');
};

const sample = (source: string): Sample => ({
  source,
  split: 'train',
  classIndex: 0,
  picture: { kind: 'file', path: source },
});

const join4 = async (sources: readonly string[], isStrict: boolean) =>
  labelByVoteNames({
    samples: sources.map(sample),
    votes: await readVotes(
      await votesFile(
        'Training,fer0000000.png,0,10,0,0,0,0,0,0,0,0',
        'Training,fer0000001.png,5,5,0,0,0,0,0,0,0,0',
        'Training,,0,0,0,0,0,0,0,0,0,10',
        'Training,fer0000003.png,0,0,0,0,0,0,0,0,9,1',
      ),
    ),
    isStrict,
    dataPath: 'faces',
    votesPath: 'votes.csv',
  });

describe('votes joined by file name', () => {
  const sources = [
    'train/x/fer0000001.png',
    'train/y/fer0000000.png',
    'train/y/fer0000003.png',
    'train/y/other.png',
  ];

  test('replace the labels of the folders', async () => {
    const { samples, skipped } = await join4(sources, false);
    expect(samples.map(({ source, target, scored }) => [source, target, scored])).toEqual([
      ['train/x/fer0000001.png', [0.5, 0.5, 0, 0, 0, 0, 0, 0], true],
      ['train/y/fer0000000.png', [0, 1, 0, 0, 0, 0, 0, 0], true],
    ]);
    expect(skipped).toEqual([
      { source: 'train/y/fer0000003.png', reason: 'most taggers found it unclear' },
      { source: 'train/y/other.png', reason: 'no votes' },
    ]);
  });

  test('under the strict protocol keep images without a clear winner for training, but do not score them', async () => {
    const { samples } = await join4(sources, true);
    expect(samples.map(({ scored }) => scored)).toEqual([false, true]);
  });

  test('are refused when they match nothing', async () => {
    await expect(join4(['a/img1.png'], false)).rejects.toThrow(VotesMatchNothingError);
    await expect(join4(['a/img1.png'], false)).rejects.toThrow(
      'named like img1.png, votes are for images like fer0000000.png',
    );
  });
});

describe('votes joined by row', () => {
  test('belong to the row of the same number, past damaged rows', async () => {
    const votes = await readVotes(
      await votesFile(
        'Training,a,0,10,0,0,0,0,0,0,0,0',
        'Training,,0,0,0,0,0,0,0,0,0,10',
        'Training,c,0,0,0,10,0,0,0,0,0,0',
      ),
    );
    const params = { votes, isStrict: false, dataPath: 'fer2013.csv', votesPath: 'votes.csv' };
    const { samples } = labelByVoteRows({ ...params, samples: [sample('row 3')], rows: 3 });
    expect(samples[0]?.target).toEqual([0, 0, 0, 1, 0, 0, 0, 0]);
    expect(() => labelByVoteRows({ ...params, samples: [sample('row 1')], rows: 4 })).toThrow(
      VotesRowCountError,
    );
  });
});

describe('a votes file', () => {
  test('must have its columns', async () => {
    const root = await emptyFolder();
    await writeFiles(root, { 'votes.csv': 'Image name,neutral,happiness\na.png,1,2\n' });
    await expect(readVotes(join(root, 'votes.csv'))).rejects.toThrow(MissingColumnsError);
  });

  test('must hold whole numbers in at least 95 % of its rows', async () => {
    const path = await votesFile(
      'Training,a.png,0,10,0,0,0,0,0,0,0,0',
      'Training,b.png,0,ten,0,0,0,0,0,0,0,0',
    );
    await expect(readVotes(path)).rejects.toThrow(TooManyUnusableError);
    await expect(readVotes(path)).rejects.toThrow('row 2');
  });
});

test('plain labels become one-hot targets, all of them scored', () => {
  const labelled = labelByClass([{ ...sample('a'), classIndex: 2 }], 3);
  expect(labelled[0]).toMatchObject({ source: 'a', target: [0, 0, 1], scored: true });
});
