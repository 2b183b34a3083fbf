import { describeError } from '@mien/contract';
import type { Detector, Tiles } from '@mien/pipeline';
import { Command, InvalidArgumentError } from 'commander';
import { formatTable } from '../format-table.ts';
import { measureDetection, type Detection } from './measure-detection.ts';
import { openDetector } from './open-detector.ts';
import { PHOTO_CHANGES } from './photo-changes.ts';
import { readPhotoTruth, type MarkedPhoto } from './photo-truth.ts';
import { summarizeDetections } from './summarize-detections.ts';
import { parseCount } from '../parse-count.ts';

interface Options {
  readonly tiles: Tiles;
  readonly threads: number;
  readonly repeats: number;
  readonly changes: boolean;
  readonly verbose?: true;
}

const HEADER = ['', 'found', 'extra', 'IoU', 'eyes off', 'tiles', 'ms', 'CPU ms'] as const;
const RIGHT = new Set([1, 2, 3, 4, 5, 6, 7]);

const parseTiles = (value: string): Tiles => {
  if (value === 'auto' || value === 'none') return value;
  if (/^[0-5]$/u.test(value)) return Number(value);
  throw new InvalidArgumentError('Pass auto, none, or how often to halve, up to 5.');
};

const row = (name: string, detections: readonly Detection[]): string[] => {
  const summary = summarizeDetections(detections);
  return [
    name,
    `${summary.found}/${summary.faces}`,
    String(summary.extra),
    summary.overlap.toFixed(2),
    `${(100 * summary.eyeError).toFixed(1)} %`,
    String(summary.tiles),
    summary.milliseconds.toFixed(1),
    summary.processorMilliseconds.toFixed(1),
  ];
};

const measureAll = async (
  photos: readonly MarkedPhoto[],
  params: Omit<Parameters<typeof measureDetection>[0], 'photo'>,
): Promise<Detection[]> => {
  const detections: Detection[] = [];
  for (const photo of photos) detections.push(await measureDetection({ ...params, photo }));
  return detections;
};

const printTable = (rows: readonly string[][]): void =>
  console.log(`${formatTable(HEADER, rows, RIGHT).join('\n')}\n`);

const run = async ({ tiles, repeats, changes }: Options, detector: Detector): Promise<void> => {
  const photos = await readPhotoTruth();
  const params = { detector, tiles, repeats };
  const detections = await measureAll(photos, params);
  printTable([...detections.map((one) => row(one.file, [one])), row('all', detections)]);
  if (!changes) return;
  const rows: string[][] = [];
  for (const change of PHOTO_CHANGES)
    rows.push(row(change.name, await measureAll(photos, { ...params, change, repeats: 1 })));
  printTable(rows);
};

const options = new Command('tools:faces')
  .description('Finds the faces of the photographs whose faces are known, as they are and made harder.')
  .option('--tiles <how>', 'auto, none, or how often to halve the frame', parseTiles, 'auto')
  .option('--threads <count>', 'threads inside one run', parseCount, 1)
  .option('--repeats <count>', 'how often each photograph is timed', parseCount, 5)
  .option('--no-changes', 'leave out the photographs made harder')
  .option('--verbose', 'show stack traces')
  .addHelpText(
    'after',
    '\nIoU and how far the eyes are off (as a share of the width of the face) are means over the faces found; ' +
      'times are from the decoded frame to faces, without decoding.',
  )
  .parse()
  .opts<Options>();

try {
  const detector = await openDetector(options.threads);
  await run(options, detector);
  await detector.close();
} catch (error) {
  console.error(describeError(error, { verbose: options.verbose === true }));
  process.exitCode = 1;
}
