import type { Robustness, TrainedModelCard } from '@mien/contract';
import { percent, points } from '../format-figures.ts';
import { closestLook, type Head } from './figures.ts';

/** How many of the worst are named. */
const NAMED = 3;

const worstClasses = ({ evaluation }: Head): string[] => {
  const perClass = closestLook(evaluation)?.perClass.filter(({ support }) => support > 0) ?? [];
  const worst = perClass.toSorted((one, other) => one.recall - other.recall).slice(0, NAMED);
  if (worst.length === 0) return [];
  const named = worst.map(({ label, recall }) => `\`${label}\` (${percent(recall)} found)`);
  return [`Faces of these classes are missed most: ${named.join(', ')}.`];
};

const worstConfusions = ({ labels, evaluation }: Head): string[] => {
  const { confusion = [], perClass = [] } = closestLook(evaluation) ?? {};
  const mistakes = confusion.flatMap((row, truth) =>
    row.flatMap((count, read) => {
      const support = perClass[truth]?.support ?? 0;
      if (read === truth || count === 0 || support === 0) return [];
      return [{ share: count / support, text: `\`${labels[truth]}\` as \`${labels[read]}\`` }];
    }),
  );
  const worst = mistakes.toSorted((one, other) => other.share - one.share).slice(0, NAMED);
  if (worst.length === 0) return [];
  const named = worst.map(({ share, text }) => `${text} (${percent(share)})`);
  return [`It takes most often ${named.join(', ')}.`];
};

const worstCorruptions = (tables: readonly Robustness[]): string[] => {
  const main = tables.find(({ output }) => output === undefined);
  if (main === undefined) return [];
  const drop = ({ accuracy }: { readonly accuracy: number }): number => accuracy - main.clean.accuracy;
  const byDrop = main.rows.toSorted((one, other) => drop(one) - drop(other));
  const worst = [...new Set(byDrop.map(({ corruption }) => corruption))]
    .slice(0, NAMED)
    .flatMap((corruption) => byDrop.find((row) => row.corruption === corruption) ?? []);
  const named = worst.map((row) => `${row.corruption}, ${row.strength} (${points(drop(row))})`);
  return [`It loses most accuracy, in percentage points, to: ${named.join('; ')}.`];
};

/** What photographs that were collected from the web leave unknown about whom a model serves badly. */
const UNMEASURED_GROUPS =
  'How well it does by age, sex or skin tone is **not known**: its data was collected from the web and names none of ' +
  'them. Models of this kind tend to do worse on faces that are rare in such data: children, old people, dark skin, head ' +
  'coverings, beards, glasses, faces changed by illness or palsy. Measure on your own people before you rely on it.';

/** Where the model fails: derived from its figures, then what its card says. */
export const weaknessesSection = (
  { training, robustness = [], limits }: TrainedModelCard,
  mainHead: Head,
): string[] => [
  '## Whom and what it fails on',
  [
    ...worstClasses(mainHead),
    ...worstConfusions(mainHead),
    ...worstCorruptions(robustness),
    ...(training.dataset.kind === 'synthetic' ? [] : [UNMEASURED_GROUPS]),
    ...limits,
  ]
    .map((line) => `- ${line}`)
    .join('\n'),
];
