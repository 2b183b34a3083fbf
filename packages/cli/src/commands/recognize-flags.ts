import { DEVICES, type Device, type Tiles } from '@mien/infer-node';
import { UNSURE_BELOW } from '@mien/pipeline';
import { Option } from 'commander';
import { CROP_LAYOUTS, type CropLayout } from '../outputs/crops-output.ts';
import { parseCount, parseMilliseconds, parsePositive, parseShare, parseTiles } from './option-values.ts';

/** What `recognize` is told, as commander has it. */
export interface RecognizeFlags {
  readonly json?: true;
  readonly jsonl?: true;
  readonly csv?: true;
  readonly output?: string;
  readonly annotate?: string;
  readonly html?: string;
  readonly crop?: string;
  readonly cropLayout: CropLayout;
  readonly cropSize: number;
  readonly recursive: boolean;
  readonly requireFace?: true;
  readonly fps?: number;
  readonly smoothing?: number;
  readonly minConfidence?: number;
  readonly maxFaces?: number;
  readonly tiles?: Tiles;
  readonly unsureBelow?: number;
  readonly model?: string;
  readonly card?: string;
  readonly device: Device;
  readonly workers?: number;
  readonly threads?: number;
  readonly ffmpeg?: string;
  readonly quiet?: true;
  readonly verbose?: true;
}

const results = [
  new Option('--json', 'print one JSON document').conflicts(['jsonl', 'csv']),
  new Option('--jsonl', 'print one JSON object a line, as soon as it is known').conflicts('csv'),
  new Option('--csv', 'print a CSV row for each face, with every probability'),
  new Option('-o, --output <file>', 'write there what would be printed; .json, .jsonl and .csv say as what'),
  new Option('--annotate <folder>', 'write the pictures with their faces drawn on'),
  new Option(
    '--html <file>',
    'write a page to look through: faces to filter and sort, videos on a time line',
  ),
  new Option('--crop <folder>', 'write the faces, aligned, as PNG'),
  new Option('--crop-layout <layout>', 'a subfolder for each label, or all beside faces.csv')
    .choices(CROP_LAYOUTS)
    .default('by-label'),
  new Option('--crop-size <pixels>', 'the side of a crop').argParser(parseCount).default(128),
];

const inputs = [
  new Option('--no-recursive', 'leave out what lies in folders below the folders that are named'),
  new Option('--require-face', 'exit with 3 where there is no face anywhere'),
  new Option(
    '--fps <rate>',
    "frames of a video looked at in a second (default: 10, or the video's own)",
  ).argParser(parsePositive),
  new Option(
    '--smoothing <ms>',
    'how long readings in a video take to follow a change (default: 300)',
  ).argParser(parseMilliseconds),
];

const recognition = [
  new Option(
    '--min-confidence <share>',
    'how sure it must be that something is a face (default: 0.5)',
  ).argParser(parseShare),
  new Option('--max-faces <count>', 'read so many faces of a picture, the largest').argParser(parseCount),
  new Option(
    '--tiles <tiles>',
    'look for small faces: auto, none, or how often to halve the picture (default: auto)',
  ).argParser(parseTiles),
  new Option(
    '--unsure-below <share>',
    `call a reading unsure below this probability (default: ${UNSURE_BELOW})`,
  ).argParser(parseShare),
];

const running = [
  new Option(
    '--model <path>',
    'an ONNX file or the folder of model.onnx (default: the one that ships with Mien)',
  ),
  new Option('--card <path>', "the model's card (default: NAME.card.json beside NAME.onnx)"),
  new Option('--device <name>', 'where to run').choices(DEVICES).default('cpu'),
  new Option(
    '--workers <count>',
    'threads that each hold the models (default: one a core, 4 at most)',
  ).argParser(parseCount),
  new Option(
    '--threads <count>',
    'processor threads inside each of them (default: the cores shared out)',
  ).argParser(parseCount),
  new Option('--ffmpeg <program>', 'the ffmpeg that unpacks videos (default: ffmpeg, on the PATH)'),
  new Option('-q, --quiet', 'print nothing but errors and what was asked for by name'),
  new Option('-v, --verbose', 'print the model, times, and stack traces'),
];

/** The options of `recognize`, by what they are about. */
export const recognizeOptions = (): ReadonlyMap<string, readonly Option[]> =>
  new Map([
    ['Results:', results],
    ['Inputs:', inputs],
    ['Recognition:', recognition],
    ['Running:', running],
  ]);
