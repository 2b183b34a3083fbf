import { Option, type Command } from 'commander';
import { LOSSES, OPTIMIZERS, PRECISIONS, SCHEDULES } from '../fit/recipe.ts';
import { backendOption, cacheDirOption, newCodeOption, protocolOption } from './command-options.ts';
import { parseAugment, parseNumber, parseWholeNumber } from './option-values.ts';

const addDataOptions = (command: Command): Command =>
  command
    .optionsGroup('Data:')
    .option(
      '--data <path>',
      'folder (class/image or split/class/image) or fer2013.csv; default: built-in drawn faces',
    )
    .option('--votes <csv>', 'FER+ votes (fer2013new.csv): soft labels over 8 emotions')
    .addOption(protocolOption('with votes: which images count when scoring'))
    .option('--exclude <file>', 'names training images to leave out, one a line')
    .option('--keep-duplicates', 'also train on pictures that validation or test shows; default: leave out')
    .option(
      '--own-labels <name>',
      'with votes: learn the own labels too, as a second output (residual, expression)',
    );

const addModelOptions = (command: Command): Command =>
  command
    .optionsGroup('Model:')
    .option('--arch <name>', 'document, residual or expression', 'document')
    .option('--init <folder>', 'start from a trained model; layers that do not fit start anew')
    .option('--teacher <folders...>', 'trained models of the same labels, whose answers are learnt too')
    .option('--seed <number>', 'decides weights, order and augmentation', parseWholeNumber, 1);

const addTrainingOptions = (command: Command): Command =>
  command
    .optionsGroup("Training (defaults: the architecture's recipe):")
    .option('--epochs <number>', 'at most so many epochs', parseWholeNumber)
    .option(
      '--steps <number>',
      'steps per epoch; residual, expression: one pass over the images',
      parseWholeNumber,
    )
    .option('--batch <number>', 'images per step', parseWholeNumber)
    .option(
      '--validation-steps <number>',
      'batches looked at after each epoch; residual, expression: all',
      parseWholeNumber,
    )
    .addOption(new Option('--optimizer <name>', 'how weights follow gradients').choices(OPTIMIZERS))
    .option('--lr <rate>', 'peak learning rate', parseNumber)
    .option('--momentum <number>', 'for momentum and nesterov', parseNumber)
    .addOption(new Option('--schedule <name>', 'how the learning rate falls').choices(SCHEDULES))
    .option('--warmup <epochs>', 'epochs over which the learning rate rises', parseNumber)
    .option('--decay-every <epochs>', 'for the step schedule: epochs between drops', parseNumber)
    .option('--decay-factor <number>', 'for the step schedule: what a drop multiplies by', parseNumber)
    .option('--weight-decay <number>', 'on kernels; decoupled for adamw', parseNumber)
    .addOption(new Option('--loss <name>', 'what is minimised').choices(LOSSES))
    .option('--label-smoothing <share>', 'share of each target spread over all classes', parseNumber)
    .option(
      '--own-labels-weight <number>',
      "with --own-labels: the second output's part in the loss",
      parseNumber,
    )
    .option(
      '--own-labels-smoothing <share>',
      'with --own-labels: label smoothing of the second output',
      parseNumber,
    )
    .option('--distillation <share>', 'with --teacher: what they say, as a share of the targets', parseNumber)
    .option('--ema <decay>', 'evaluate and save averaged weights, e.g. 0.999; 0 is off', parseNumber)
    .option('--patience <epochs>', 'stop after so many epochs without progress; 0 is never', parseWholeNumber)
    .option('--stop-at <accuracy>', 'stop once the validation accuracy is this high, e.g. 0.97', parseNumber)
    .addOption(
      new Option('--precision <type>', 'in which images are computed; bfloat16: native TensorFlow').choices(
        PRECISIONS,
      ),
    );

const addAugmentOptions = (command: Command): Command =>
  command
    .optionsGroup('Augmentation:')
    .option('--augment <what>', 'none, document, residual, a JSON object or a .json file', parseAugment)
    .option('--crop <pixels>', 'train on random crops of this size (residual, expression)', parseWholeNumber)
    .option('--mixup <alpha>', 'mix pairs of images, Beta(alpha, alpha); 0 is off', parseNumber);

const addRunOptions = (command: Command): Command =>
  command
    .optionsGroup('Run:')
    .addOption(backendOption())
    .option('--workers <number>', 'threads that prepare images; 0: none', parseWholeNumber, 1)
    .option('--out <folder>', 'where everything goes; default: below dist/training')
    .addOption(new Option('--resume', 'go on with an unfinished run').conflicts('fresh'))
    .addOption(newCodeOption())
    .option('--fresh', 'start anew, whatever lies in the folder')
    .addOption(cacheDirOption())
    .option('--verbose', 'stack traces with errors');

/** Adds the flags that say what a model is made of, in groups: those that `optionsOf` reads. */
export const addModelFlags = (command: Command): Command =>
  [addDataOptions, addModelOptions, addTrainingOptions, addAugmentOptions].reduce(
    (result, add) => add(result),
    command,
  );

/** Adds every flag of `fit` to a command, in groups. */
export const addFitFlags = (command: Command): Command => addRunOptions(addModelFlags(command));
