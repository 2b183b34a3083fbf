import type { TrainedModelCard } from '@mien/contract';
import { whole } from '../format-figures.ts';
import { markdownTable } from '../markdown-table.ts';

type Training = TrainedModelCard['training'];

/** Nested settings as `augment.rotationRangeDeg`, lists as they are. */
const flatten = (settings: object, prefix = ''): [string, string][] =>
  Object.entries(settings).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const name = `${prefix}${key}`;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flatten(value, `${name}.`)
      : [[name, JSON.stringify(value) ?? '']];
  });

const duration = ({ hours, seconds }: Training): string => {
  const minutes = (hours ?? seconds / 3600) * 60;
  return minutes < 90 ? `${Math.ceil(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
};

const facts = (training: Training): [string, string][] => {
  const { dataset, excluded, hardware, commit } = training;
  const optional = (title: string, value: string | undefined): [string, string][] =>
    value === undefined ? [] : [[title, value]];
  return [
    ['Data', dataset.name],
    ...optional('Where from', dataset.source),
    ['Faces', `${whole(dataset.trainImages)} to learn from, ${whole(dataset.validationImages)} to choose on`],
    ...optional(
      'Left out',
      excluded === undefined ? undefined : `${whole(excluded)}, near copies of faces that are scored on`,
    ),
    ['Fingerprint of the data', `\`${dataset.fingerprint}\``],
    ['Epochs', `${training.epochs}, seed ${training.seed}`],
    ['Computed with', training.backend],
    ...optional('Hardware', hardware),
    ['Time', duration(training)],
    ['Finished', training.finishedAt],
    ...optional('Code', commit === undefined ? undefined : `commit \`${commit}\``),
    [
      'Packages',
      Object.entries(training.packages)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
  ];
};

/** Everything that it takes to train the model again. */
export const trainingSection = (training: Training): string[] => [
  '## How it was trained',
  markdownTable([{ title: '' }, { title: '' }], facts(training)),
  ...(training.command === undefined ? [] : [`\`\`\`sh\n${training.command}\n\`\`\``]),
  `<details>\n<summary>Every setting</summary>\n\n${markdownTable(
    [{ title: 'Setting' }, { title: 'Value' }],
    flatten(training.recipe).map(([name, value]) => [`\`${name}\``, `\`${value}\``]),
  )}\n\n</details>`,
];
