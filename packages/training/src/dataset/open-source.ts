import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { FER2013_LABELS, FERPLUS_LABELS } from '@mien/contract';
import {
  syntheticFaces,
  SYNTHETIC_FACES_VERSION,
  type SyntheticSplit,
} from '../synthetic/synthetic-faces.ts';
import { DatasetNotFoundError, UnsupportedDatasetError } from './dataset-errors.ts';
import type { ImageDataset, SkippedSource } from './image-dataset.ts';
import { labelByClass, labelByVoteNames, labelByVoteRows } from './label-samples.ts';
import type { Protocol } from './protocol.ts';
import { readFer2013Csv } from './read-fer2013-csv.ts';
import { readVotes } from './read-votes.ts';
import type { LabelledSample, Sample } from './sample.ts';
import { scanFolder } from './scan-folder.ts';

/** Tells how far a long step has come. */
export interface LoadProgress {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

/** Samples as a source gives them: labelled, not yet decoded. */
export interface SourceSamples {
  readonly labels: readonly string[];
  /** The dataset's own classes, where samples carry them beside the votes. */
  readonly ownLabels?: readonly string[];
  readonly samples: readonly LabelledSample[];
  /** Files or rows that cannot be used because they are damaged. */
  readonly damaged: readonly SkippedSource[];
  /** Files or rows that are left out for what votes say of them. */
  readonly leftOut: readonly SkippedSource[];
}

/** A dataset that was found but not yet read. */
export interface DatasetSource {
  readonly kind: ImageDataset['kind'];
  readonly name: string;
  /** Where it is, for messages. */
  readonly path: string;
  /** How samples are chosen for scoring, in words. */
  readonly protocol: string;
  /** Changes whenever what would be read does. */
  readonly identity: readonly string[];
  read(onProgress: (progress: LoadProgress) => void): Promise<SourceSamples>;
}

/** Which dataset, and how it is labelled. */
export interface SourceParams {
  readonly data: string | undefined;
  readonly votes?: string | undefined;
  readonly protocol: Protocol;
  /** Keeps the dataset's own labels beside the votes. */
  readonly keepOwnLabels?: boolean | undefined;
}

const openSynthetic = (): DatasetSource => ({
  kind: 'synthetic',
  name: `synthetic faces v${SYNTHETIC_FACES_VERSION}`,
  path: 'the built-in faces',
  protocol: 'own labels',
  identity: [`synthetic ${SYNTHETIC_FACES_VERSION}`],
  read: async () => {
    const samplesOf = (split: SyntheticSplit): Sample[] =>
      syntheticFaces(split).map((face) => ({
        source: `${split}/${face.emotion}/${face.identitySeed}`,
        split,
        classIndex: FER2013_LABELS.indexOf(face.emotion),
        picture: { kind: 'synthetic', face },
      }));
    const samples = labelByClass([...samplesOf('train'), ...samplesOf('validation')], FER2013_LABELS.length);
    return { labels: FER2013_LABELS, samples, damaged: [], leftOut: [] };
  },
});

const nameOf = (path: string, votes: string | undefined): string =>
  `${basename(resolve(path))}${votes === undefined ? '' : ' with FER+ votes'}`;

const openFolder = (root: string, { votes, protocol, keepOwnLabels }: SourceParams): DatasetSource => {
  const listing = scanFolder({ root, classesMatter: votes === undefined || keepOwnLabels === true });
  const read = async (): Promise<SourceSamples> => {
    const { labels, samples, skipped } = listing;
    if (votes === undefined)
      return { labels, samples: labelByClass(samples, labels.length), damaged: skipped, leftOut: [] };
    const voted = labelByVoteNames({
      samples,
      votes: await readVotes(votes),
      isStrict: protocol === 'strict',
      dataPath: root,
      votesPath: votes,
      ...(keepOwnLabels === true ? { ownClasses: labels.length } : {}),
    });
    return {
      labels: FERPLUS_LABELS,
      ...(keepOwnLabels === true ? { ownLabels: labels } : {}),
      samples: voted.samples,
      damaged: skipped,
      leftOut: voted.skipped,
    };
  };
  return { ...described('folder', root, { votes, protocol }), identity: listing.identity, read };
};

const openFer2013Csv = async (
  path: string,
  { votes, protocol, keepOwnLabels }: SourceParams,
): Promise<DatasetSource> => {
  const { size, mtimeMs } = await stat(path);
  const read = async (onProgress: (progress: LoadProgress) => void): Promise<SourceSamples> => {
    const what = `reading ${basename(path)}`;
    const { samples, skipped, rows } = await readFer2013Csv(path, (done) =>
      onProgress({ done, total: size, what }),
    );
    if (votes === undefined) {
      const labelled = labelByClass(samples, FER2013_LABELS.length);
      return { labels: FER2013_LABELS, samples: labelled, damaged: skipped, leftOut: [] };
    }
    const voted = labelByVoteRows({
      samples,
      votes: await readVotes(votes),
      isStrict: protocol === 'strict',
      dataPath: path,
      votesPath: votes,
      rows,
      ...(keepOwnLabels === true ? { ownClasses: FER2013_LABELS.length } : {}),
    });
    return {
      labels: FERPLUS_LABELS,
      ...(keepOwnLabels === true ? { ownLabels: FER2013_LABELS } : {}),
      samples: voted.samples,
      damaged: skipped,
      leftOut: voted.skipped,
    };
  };
  return { ...described('fer2013-csv', path, { votes, protocol }), identity: [`${size}\t${mtimeMs}`], read };
};

const described = (
  kind: ImageDataset['kind'],
  path: string,
  { votes, protocol }: Pick<SourceParams, 'votes' | 'protocol'>,
): Pick<DatasetSource, 'kind' | 'name' | 'path' | 'protocol'> => ({
  kind,
  path,
  name: nameOf(path, votes),
  protocol: votes === undefined ? 'own labels' : `FER+ ${protocol}`,
});

const isFileOrFolder = async (path: string): Promise<'file' | 'folder' | undefined> => {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? undefined : found.isDirectory() ? 'folder' : 'file';
};

/** Content of the votes as a line of a source's identity. */
const votesIdentity = async (path: string): Promise<string> => {
  if ((await isFileOrFolder(path)) !== 'file') throw new DatasetNotFoundError(path, "FER+'s fer2013new.csv");
  return `votes ${createHash('sha256')
    .update(await readFile(path))
    .digest('hex')}`;
};

/**
 * Finds out what kind of dataset lies at a path, and lists it.
 *
 * @throws {DatasetNotFoundError | UnsupportedDatasetError} and what `scanFolder` throws.
 */
export const openSource = async (params: SourceParams): Promise<DatasetSource> => {
  const { data, votes } = params;
  if (data === undefined) return openSynthetic();
  const kind = await isFileOrFolder(data);
  if (kind === undefined) throw new DatasetNotFoundError(data);
  if (kind === 'file' && !data.toLowerCase().endsWith('.csv')) throw new UnsupportedDatasetError(data);
  const votesLine = votes === undefined ? [] : [await votesIdentity(votes)];
  const source = kind === 'folder' ? openFolder(data, params) : await openFer2013Csv(data, params);
  const ownLine = params.keepOwnLabels === true ? ['own labels kept'] : [];
  return { ...source, identity: [...votesLine, ...ownLine, ...source.identity] };
};
