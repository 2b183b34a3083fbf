import { describeError } from '@mien/contract';
import type { FaceReading } from '@mien/pipeline';
import { Command } from 'commander';
import { join } from 'node:path';
import { formatTable } from '../format-table.ts';
import { measureMargins, measureWays, type MarginRow } from './measure-margins.ts';
import { measurePlaces } from './measure-places.ts';
import { measureDamages, measureTurns, type QualityRow } from './measure-quality.ts';
import { measureSizes } from './measure-sizes.ts';
import { measureThresholds } from './measure-unsure.ts';
import { openModels, type OpenModels } from './open-models.ts';
import { findPhotoFaces, type PhotoFace } from './photo-faces.ts';
import { scoreFaces, type KnownFace, type ScoredFace } from './score-faces.ts';
import { findValidationFaces } from './validation-faces.ts';
import { parseCount } from '../parse-count.ts';

interface Options {
  readonly data?: string;
  readonly votes?: string;
  readonly every: number;
  readonly cacheDir: string;
  readonly verbose?: true;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const print = (title: string, header: readonly string[], rows: readonly string[][]): void => {
  const right = new Set(header.keys());
  right.delete(0);
  console.log(`${title}\n\n${formatTable(header, rows, right).join('\n')}\n`);
};

const marginCells = ({ name, accuracy, logLoss }: MarginRow): string[] => [
  name,
  percent(accuracy),
  logLoss.toFixed(3),
];

const qualityCells = ({ name, faces, median, accuracy, withIssue }: QualityRow): string[] => [
  name,
  String(faces),
  median.toFixed(2),
  percent(accuracy),
  percent(withIssue),
];

const photoCells = ({ name, expressions }: PhotoFace, { reading, isRight }: ScoredFace): string[] => {
  const { label, probability, quality, unsureReasons }: FaceReading = reading;
  const verdict = isRight ? '' : `not ${expressions.join(' or ')}`;
  return [name, label, percent(probability), quality.score.toFixed(2), unsureReasons.join(', '), verdict];
};

const MARGIN_HEADER = ['', 'right', 'log loss'] as const;
const QUALITY_HEADER = ['', 'faces', 'median', 'right', 'with issue'] as const;

const measurePhotos = async ({ detector, expression }: OpenModels): Promise<void> => {
  const faces = await findPhotoFaces(detector);
  const scored = await scoreFaces(faces, expression);
  print(
    `Faces of the photographs (${faces.length})`,
    ['', 'read as', '', 'quality', 'unsure', ''],
    scored.map((one, index) => photoCells(faces[index] as PhotoFace, one)),
  );
  const sizes = await measureSizes(faces, expression);
  print(
    'The same faces in photographs of other sizes, against the largest: differences of probabilities',
    ['square, px', 'median face', 'largest', 'same label'],
    sizes.map(({ sidePx, median, largest, sameLabel }) => [
      String(sidePx),
      median.toFixed(3),
      largest.toFixed(3),
      percent(sameLabel),
    ]),
  );
  const rows = await measureMargins(faces, expression);
  print('Margins, on the photographs', MARGIN_HEADER, rows.map(marginCells));
};

const measureValidation = async (faces: readonly KnownFace[], { expression }: OpenModels): Promise<void> => {
  print(
    'Where eyes, nose and mouth lie',
    ['', 'mean', 'deviation', 'median'],
    measurePlaces(faces).map(({ name, mean, deviation, median }) => [
      name,
      mean.toFixed(3),
      deviation.toFixed(3),
      median.toFixed(3),
    ]),
  );
  const ways = await measureWays(faces, expression);
  print('Ways to cut a face, on validation', MARGIN_HEADER, ways.map(marginCells));
  const margins = await measureMargins(faces, expression);
  print('Margins, on validation', MARGIN_HEADER, margins.map(marginCells));
  const scored = await scoreFaces(faces, expression);
  const thresholds = measureThresholds(scored).map((row) => [
    row.threshold.toFixed(2),
    percent(row.belowShare),
    percent(row.belowAccuracy),
    percent(row.aboveAccuracy),
  ]);
  print('Unsure below', ['probability', 'of readings', 'right below', 'right above'], thresholds);
  print('How heads are turned', QUALITY_HEADER, measureTurns(scored).map(qualityCells));
  const damages = await measureDamages(faces, expression);
  print('Faces made harder', QUALITY_HEADER, damages.map(qualityCells));
};

const { data, votes, every, cacheDir, verbose } = new Command('tools:readings')
  .description(
    'Measures how faces are cut, judged and called unsure: on six photographs, and on the validation faces of a dataset.',
  )
  .option('--data <path>', 'a folder of cropped faces or fer2013.csv; without it, the photographs alone')
  .option('--votes <file>', "FER+'s fer2013new.csv")
  .option('--every <number>', 'take every so many-th validation face', parseCount, 1)
  .option('--cache-dir <folder>', 'decoded images', join('node_modules', '.cache', 'mien'))
  .option('--verbose', 'show stack traces')
  .parse()
  .opts<Options>();

try {
  const models = await openModels();
  await measurePhotos(models);
  if (data !== undefined) {
    const params = { data, votes, every, cacheDir };
    const { faces, scored } = await findValidationFaces(params, models.detector);
    console.log(`Found ${faces.length} of ${scored} validation faces.\n`);
    await measureValidation(faces, models);
  }
  await models.close();
} catch (error) {
  console.error(describeError(error, { verbose: verbose === true }));
  process.exitCode = 1;
}
