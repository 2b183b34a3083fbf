import { Command } from 'commander';
import type { FitOptions } from '../fit/fit-options.ts';
import { fitArguments } from './fit-arguments.ts';
import { addFitFlags } from './add-fit-flags.ts';
import { optionsOf, type FitFlags } from './fit-flags.ts';

const parse = (args: readonly string[]): FitOptions =>
  optionsOf(addFitFlags(new Command()).exitOverride().parse(args, { from: 'user' }).opts<FitFlags>());

/** Every option there is, with values that are easily mangled. */
const FULL: FitOptions = {
  data: 'my faces/it’s',
  votes: 'votes.csv',
  protocol: 'strict',
  exclude: 'left-out.txt',
  keepDuplicates: true,
  ownLabels: 'own_labels',
  init: 'packages/models/expression',
  teachers: ['dist/a', 'dist/b c'],
  architecture: 'residual',
  seed: 7,
  settings: {
    epochs: 27,
    stepsPerEpoch: 12,
    batchSize: 48,
    validationSteps: 3,
    optimizer: 'nesterov',
    learningRate: 1.25e-7,
    momentum: 0.85,
    schedule: 'step',
    warmupEpochs: 0.5,
    decayEveryEpochs: 3,
    decayFactor: 0.2,
    weightDecay: 0,
    loss: 'mse',
    labelSmoothing: 0.05,
    ownLabelsWeight: 0.3,
    ownLabelsSmoothing: 0.1,
    distillation: 0.4,
    emaDecay: 0.99,
    patience: 4,
    stopAtAccuracy: 1,
    precision: 'bfloat16',
    augment: { zoomRange: [0.9, 1.1], erasing: null, horizontalFlip: false, fillMode: 'reflect' },
    cropPx: 44,
    mixupAlpha: 0.2,
  },
};

test('the arguments give fit the very options', () => {
  expect(parse(fitArguments(FULL))).toEqual(FULL);
});

test('what is left to the recipe stays unsaid', () => {
  const options: FitOptions = { architecture: 'document', seed: 1, settings: {} };
  expect(fitArguments(options)).toEqual(['--arch', 'document', '--seed', '1']);
  expect(parse(fitArguments(options))).toEqual(options);
});
