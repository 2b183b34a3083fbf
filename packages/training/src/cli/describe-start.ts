import type { RunStart } from '../fit/fit-observer.ts';

/** Says what is trained on, and what of it is left out. */
export const describeData = ({ dataset }: RunStart): string[] => {
  const { train, validation, test, labels, skipped, duplicatesLeftOut = 0 } = dataset;
  const unusable = skipped.length - duplicatesLeftOut;
  const counts = [`${train.count} for training`, `${validation.count} for validation`];
  if (test !== undefined) counts.push(`${test.count} for testing`);
  return [
    `Data      ${dataset.name}: ${counts.join(', ')}; ${labels.length} classes (${labels.join(', ')})`,
    ...(unusable > 0 ? [`          ${unusable} files skipped, listed in skipped.txt`] : []),
    ...(duplicatesLeftOut > 0
      ? [
          `          ${duplicatesLeftOut} training images left out: they show the same pictures as images that are scored on; ` +
            'listed in skipped.txt (--keep-duplicates trains on them too)',
        ]
      : []),
  ];
};

/** Says what is trained, from which weights, and what it learns from beside the labels. */
export const describeModel = ({ architecture, parameters, initial, teachers }: RunStart): string[] => {
  const fresh = (initial?.fresh ?? []).length === 0 ? '' : `; anew: ${initial?.fresh.join(', ')}`;
  return [
    `Model     ${architecture}, ${parameters.toLocaleString('en')} parameters`,
    ...(initial === undefined ? [] : [`          starts from ${initial.name}${fresh}`]),
    ...(teachers === undefined ? [] : [`          learns from ${teachers.join(', ')}`]),
  ];
};

/** Says what computes, and why nothing better does. */
export const describeBackend = ({ backend }: RunStart): string[] => [
  `Backend   ${backend.description}`,
  ...backend.reasons.map((reason) => `          ${reason}`),
];
