import { describeError } from '@mien/contract';
import { Command, Option } from 'commander';
import { createClassifier } from '../create-classifier.ts';
import { createRecognizer } from '../create-recognizer.ts';
import { DEVICES, type Device, type DeviceInUse } from '../session/device.ts';
import { noiseJpegs, photographs } from './bench-pictures.ts';
import { measureLoad, type LoadMeasurement } from './measure-load.ts';

interface Flags {
  readonly task: 'recognize' | 'classify';
  readonly model?: string;
  readonly device: Device;
  readonly workers: readonly number[];
  readonly threads?: number;
  readonly images: number;
  readonly size?: number;
  readonly json: boolean;
}

interface Row extends LoadMeasurement {
  readonly workers: number;
  readonly device: DeviceInUse;
}

const flags = new Command('bench')
  .description(
    'Measures speed, event-loop delay and memory of the recognizer, or of the classifier, on this machine.',
  )
  .addOption(
    new Option('--task <name>', 'photographs, or cropped faces')
      .choices(['recognize', 'classify'])
      .default('recognize'),
  )
  .option(
    '--model <path>',
    'an ONNX file or the folder of model.onnx (default: the model that ships with Mien)',
  )
  .addOption(new Option('--device <name>', 'where to run').choices(DEVICES).default('cpu'))
  .option(
    '--workers <counts>',
    'threads, one measurement for each count',
    (text) => text.split(',').map(Number),
    [1],
  )
  .option('--threads <count>', 'threads inside one run', Number)
  .option('--images <count>', 'pictures for each measurement', Number, 300)
  .option('--size <pixels>', 'the width of a picture (default: 1920, or 128 for a cropped face)', Number)
  .option('--json', 'print one JSON document', false)
  .parse()
  .opts<Flags>();

const measure = async (workers: number): Promise<Row> => {
  const { task, model, device, threads, images, size } = flags;
  const options = {
    device,
    workers,
    ...(model === undefined ? {} : { model }),
    ...(threads === undefined ? {} : { threads }),
  };
  const inFlight = 4 * workers;
  if (task === 'classify') {
    await using classifier = await createClassifier(options);
    const pictures = await noiseJpegs(16, size ?? 128);
    const load = await measureLoad((picture) => classifier.classify(picture), { pictures, images, inFlight });
    return { workers, device: classifier.device, ...load };
  }
  await using recognizer = await createRecognizer(options);
  const pictures = await photographs(size ?? 1920);
  const load = await measureLoad((picture) => recognizer.recognize(picture), { pictures, images, inFlight });
  return { workers, device: recognizer.device, ...load };
};

const HEAD = ['workers', 'images/s', 'p50 ms', 'p99 ms', 'loop p99 ms', 'loop max ms', 'MiB by tenths'];

const describe = ({ workers, imagesPerSecond, latencyMs, eventLoopDelayMs, memoryMiB }: Row): string[] => [
  String(workers),
  imagesPerSecond.toFixed(1),
  latencyMs.p50.toFixed(0),
  latencyMs.p99.toFixed(0),
  eventLoopDelayMs.p99.toFixed(1),
  eventLoopDelayMs.max.toFixed(1),
  memoryMiB.join(' '),
];

const printRow = (cells: readonly string[]): void =>
  console.log(cells.map((cell, column) => cell.padStart(HEAD[column]?.length ?? 0)).join('  '));

try {
  if (!flags.json) printRow(HEAD);
  const rows: Row[] = [];
  for (const workers of flags.workers) {
    const row = await measure(workers);
    rows.push(row);
    if (!flags.json) printRow(describe(row));
  }
  if (flags.json) console.log(JSON.stringify(rows, null, 2));
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}
