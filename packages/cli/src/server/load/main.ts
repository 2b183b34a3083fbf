import { describeError } from '@mien/contract';
import { Command } from 'commander';
import { readLoadImages } from './load-images.ts';
import { loadTable, memoryWords } from './load-report.ts';
import { measureLoad, type LoadMeasurement } from './measure-load.ts';

interface Flags {
  readonly workers: string;
  readonly clients: string;
  readonly seconds: string;
  readonly images?: string;
  readonly device: string;
  readonly threads?: string;
  readonly model?: string;
}

const command = new Command('load')
  .description('Puts a server of its own under load, and prints what it did.')
  .argument('[photos...]', 'images to send (default: the six photographs of @vladmandic/face-api)')
  .option('--workers <list>', 'numbers of workers, a server for each', '1,2')
  .option(
    '--clients <count>',
    'clients that each wait for an answer before they send again; 0 for 3 a worker',
    '0',
  )
  .option('--seconds <count>', 'how long the load goes on', '20')
  .option('--images <count>', 'so many images instead, and how memory went over them')
  .option('--device <name>', 'where to run', 'cpu')
  .option('--threads <count>', 'CPU threads inside one run')
  .option('--model <path>', 'an expression model');

const WARM_UP = 30;
const CLIENTS_PER_WORKER = 3;

const measure = async (photos: readonly string[], flags: Flags): Promise<LoadMeasurement[]> => {
  const images = await readLoadImages(photos);
  const until =
    flags.images === undefined ? { seconds: Number(flags.seconds) } : { requests: Number(flags.images) };
  const serveArgs = [
    '--device',
    flags.device,
    '--queue',
    '1000',
    ...(flags.threads === undefined ? [] : ['--threads', flags.threads]),
    ...(flags.model === undefined ? [] : ['--model', flags.model]),
  ];
  const measurements: LoadMeasurement[] = [];
  for (const workers of flags.workers.split(',').map(Number)) {
    const clients = Number(flags.clients) || workers * CLIENTS_PER_WORKER;
    measurements.push(await measureLoad({ workers, clients, images, until, serveArgs, warmUp: WARM_UP }));
  }
  return measurements;
};

try {
  command.parse();
  const flags = command.opts<Flags>();
  const measurements = await measure(command.args, flags);
  process.stdout.write(`${loadTable(measurements)}\n`);
  if (flags.images !== undefined)
    for (const one of measurements) process.stdout.write(`\n${memoryWords(one)}\n`);
  process.exitCode = measurements.some(({ errors }) => errors.size > 0) ? 1 : 0;
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
}
