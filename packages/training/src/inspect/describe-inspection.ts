import { textTable } from '../evaluate/text-table.ts';
import type { Problem } from './find-problems.ts';
import type { Inspection } from './inspection.ts';

const balanceTable = ({ balance, labels }: Inspection): string =>
  textTable([
    ['images', ...balance.map(({ split }) => split)],
    ...labels.map((label, index) => [
      label,
      ...balance.map(({ classes }) => (classes[index]?.images ?? 0).toLocaleString('en')),
    ]),
    ['all', ...balance.map(({ images }) => images.toLocaleString('en'))],
  ]);

const agreementLine = ({ agreement }: Inspection): string[] =>
  agreement === undefined
    ? []
    : [
        `Label agreement  ${(100 * agreement.agreement).toFixed(1)} % of ${agreement.images.toLocaleString('en')} images: ` +
          agreement.perClass
            .map(({ label, agreement: share }) => `${label} ${(100 * share).toFixed(0)} %`)
            .join(', '),
        '',
      ];

/** Sums up an inspection for a terminal: what is there, what was found, one line of advice for each finding. */
export const describeInspection = (inspection: Inspection, problems: readonly Problem[]): string => {
  const findings =
    problems.length === 0
      ? ['Nothing was found that would need doing.']
      : problems.flatMap(({ kind, finding, advice }) => [
          `${kind.padEnd(15)}  ${finding}`,
          `${' '.repeat(15)}  → ${advice}`,
        ]);
  return [inspection.name, '', balanceTable(inspection), '', ...agreementLine(inspection), ...findings].join(
    '\n',
  );
};
