import { describeError } from '@mien/contract';
import { Command, Option } from 'commander';
import { createClassifier } from '../create-classifier.ts';
import { DEVICES, type Device } from '../session/device.ts';
import { measureClassifier } from './measure-classifier.ts';

interface Flags {
  readonly model?: string;
  readonly device: Device;
  readonly workers: number;
  readonly threads?: number;
  readonly images: number;
  readonly size: number;
}

const flags = new Command('bench')
  .description('Measures speed, event-loop delay and memory of the classifier on this machine.')
  .option(
    '--model <path>',
    'an ONNX file or the folder of model.onnx (default: the model that ships with Mien)',
  )
  .addOption(new Option('--device <name>', 'where to run').choices(DEVICES).default('cpu'))
  .option('--workers <count>', 'threads that classify', Number, 1)
  .option('--threads <count>', 'threads inside one run', Number)
  .option('--images <count>', 'pictures to classify', Number, 2000)
  .option('--size <pixels>', 'the side of a picture', Number, 128)
  .parse()
  .opts<Flags>();

try {
  const { model, device, workers, threads, images, size } = flags;
  await using classifier = await createClassifier({
    device,
    workers,
    ...(model === undefined ? {} : { model }),
    ...(threads === undefined ? {} : { threads }),
  });
  const measurement = await measureClassifier(classifier, { images, sizePx: size, inFlight: 8 * workers });
  console.log(
    JSON.stringify({ model: classifier.card.name, device: classifier.device, ...measurement }, null, 2),
  );
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}
