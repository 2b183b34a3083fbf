import { matchFaces } from '../faces/match-faces.ts';
import type { MarkedPhoto } from '../faces/photo-truth.ts';
import { formatTable } from '../format-table.ts';
import type { LibraryResult } from './measure-library.ts';
import type { LibraryFailure } from './run-library.ts';

/** Some libraries give the face alone, others much of the head with it: both are the same face from this overlap on. */
const SAME_FACE = 0.2;

/** A library and how it did. */
export interface ComparisonRow {
  readonly name: string;
  readonly result: LibraryResult | LibraryFailure;
}

const HEADER = [
  'library',
  'faces',
  'extra',
  'ms/photo',
  'CPU ms/photo',
  'ms/face',
  'first result',
  'its CPU',
  'peak memory',
] as const;
const RIGHT = new Set([1, 2, 3, 4, 5, 6, 7, 8]);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const cells = (name: string, result: LibraryResult, truth: readonly MarkedPhoto[]): string[] => {
  const matches = truth.map(({ file, faces }) => {
    const photo = result.photos.find((one) => one.file === file);
    return matchFaces(faces, photo?.faces ?? [], SAME_FACE);
  });
  const found = sum(matches.map(({ matched }) => matched.length));
  const milliseconds = sum(result.photos.map((photo) => photo.milliseconds));
  const processorMilliseconds = sum(result.photos.map((photo) => photo.processorMilliseconds));
  return [
    name,
    `${found}/${sum(truth.map(({ faces }) => faces.length))}`,
    String(sum(matches.map(({ extra }) => extra.length))),
    (milliseconds / truth.length).toFixed(0),
    (processorMilliseconds / truth.length).toFixed(0),
    (milliseconds / found).toFixed(1),
    `${(result.firstResultMilliseconds / 1000).toFixed(1)} s`,
    `${(result.firstResultProcessorMilliseconds / 1000).toFixed(1)} s`,
    `${result.peakMegabytes.toFixed(0)} MB`,
  ];
};

/** Sets how libraries did as a table for a terminal; below it, why those that are missing are. */
export const renderComparison = (rows: readonly ComparisonRow[], truth: readonly MarkedPhoto[]): string => {
  const measured = rows.flatMap(({ name, result }) =>
    'reason' in result ? [] : [cells(name, result, truth)],
  );
  const missing = rows.flatMap(({ name, result }) =>
    'reason' in result ? [`${name}: not measured, ${result.reason}`] : [],
  );
  return [...formatTable(HEADER, measured, RIGHT), ...missing].join('\n');
};
