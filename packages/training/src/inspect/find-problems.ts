import type { Inspection } from './inspection.ts';

/** What a finding is about; `--fail-on` takes these. */
export const PROBLEM_KINDS = [
  'leakage',
  'label-conflicts',
  'duplicates',
  'disagreement',
  'imbalance',
  'no-face',
  'blank',
  'oddities',
  'sizes',
  'unreadable',
] as const;

/** One of {@link PROBLEM_KINDS}. */
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** Something to know about a dataset, and what to do about it. */
export interface Problem {
  readonly kind: ProblemKind;
  /** How many images it concerns; 0 where it is about the whole. */
  readonly images: number;
  /** What was found, in one sentence. */
  readonly finding: string;
  /** What to do, in one sentence. */
  readonly advice: string;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const count = (images: number, noun = 'image'): string =>
  `${images.toLocaleString('en')} ${noun}${images === 1 ? '' : 's'}`;

/** The verb that fits a number of images. */
const verb = (images: number, one: string, more: string): string => (images === 1 ? one : more);

/** From this ratio of the commonest to the rarest class on, rare classes are learnt worse. */
const MUCH_IMBALANCE = 3;
/** Below this agreement, labels limit what a model can reach. */
const LITTLE_AGREEMENT = 0.9;

/** Says how many of the images that are scored on have a copy in training. */
const scoredCopies = ({ groups, balance }: Inspection): string => {
  const copied = groups
    .filter(({ images }) => images.some(({ split }) => split === 'train'))
    .flatMap(({ images }) => images.filter(({ split }) => split !== 'train')).length;
  const scored = balance.reduce((sum, { split, images }) => (split === 'train' ? sum : sum + images), 0);
  return copied === 0
    ? ''
    : `; ${copied.toLocaleString('en')} of the images scored on (${percent(copied / Math.max(1, scored))}) have such a copy`;
};

const leakage = (inspection: Inspection): Problem[] => {
  const { leaks } = inspection;
  const inTraining = leaks.filter(({ image }) => image.split === 'train').length;
  const inValidation = leaks.length - inTraining;
  const problems: Problem[] = [];
  if (inTraining > 0)
    problems.push({
      kind: 'leakage',
      images: inTraining,
      finding: `${count(inTraining, 'training image')} ${verb(inTraining, 'shows', 'show')} the same picture as a validation or test image${scoredCopies(inspection)}.`,
      advice: 'fit leaves them out by itself; for other tools, take exclude.txt.',
    });
  if (inValidation > 0)
    problems.push({
      kind: 'leakage',
      images: inValidation,
      finding: `${count(inValidation, 'validation image')} ${verb(inValidation, 'shows', 'show')} the same picture as a test image.`,
      advice: 'Remove them from validation: what is chosen on them suits the test by chance.',
    });
  return problems;
};

const duplicates = ({ groups }: Inspection): Problem[] => {
  if (groups.length === 0) return [];
  const images = groups.reduce((sum, group) => sum + group.images.length, 0);
  const conflicts = groups.filter(({ isConflict }) => isConflict);
  const conflicting = conflicts.reduce((sum, group) => sum + group.images.length, 0);
  const exact = groups.filter(({ isExact }) => isExact).length;
  const problems: Problem[] = [
    {
      kind: 'duplicates',
      images: images - groups.length,
      finding: `${count(images)} show ${count(groups.length, 'picture')} only, each more than once (${exact.toLocaleString('en')} copied exactly).`,
      advice:
        'Within training they only weigh more; keep one of each if a few pictures are there very often.',
    },
  ];
  if (conflicts.length > 0)
    problems.push({
      kind: 'label-conflicts',
      images: conflicting,
      finding: `${count(conflicts.length, 'picture')} with copies (${percent(conflicts.length / groups.length)} of those) ${verb(conflicts.length, 'has', 'have')} different labels on them.`,
      advice:
        'That share tells how far labels can be trusted; settle them by hand, or use votes and soft labels.',
    });
  return problems;
};

const labels = ({ agreement, verdicts }: Inspection): Problem[] => {
  const problems: Problem[] = [];
  if (agreement !== undefined && agreement.agreement < LITTLE_AGREEMENT)
    problems.push({
      kind: 'disagreement',
      images: Math.round(agreement.images * (1 - agreement.agreement)),
      finding: `On ${percent(1 - agreement.agreement)} of the images the own label is not what most taggers said (votes spread over ${agreement.entropyBits.toFixed(2)} bits on average).`,
      advice: 'Train on the votes (--votes); scores by the own labels cannot come near 100 %.',
    });
  for (const { reason, sources } of verdicts)
    if (reason === 'most taggers found no face')
      problems.push({
        kind: 'no-face',
        images: sources.length,
        finding: `Most taggers found no face on ${count(sources.length)}.`,
        advice: 'Leave them out: they are in exclude.txt (with --votes, fit leaves them out by itself).',
      });
  return problems;
};

const imbalance = ({ balance }: Inspection): Problem[] => {
  const train = balance.find(({ split }) => split === 'train');
  if (train === undefined || train.imbalance < MUCH_IMBALANCE) return [];
  const filled = train.classes.filter(({ images }) => images > 0).toSorted((a, b) => a.images - b.images);
  const [rarest, commonest] = [filled[0], filled.at(-1)];
  return [
    {
      kind: 'imbalance',
      images: 0,
      finding: `"${commonest?.label}" is ${train.imbalance.toFixed(1)} times as frequent in training as "${rarest?.label}" (${count(rarest?.images ?? 0)}).`,
      advice: 'Judge by macro-F1, not by accuracy; add images of the rare classes if you can.',
    },
  ];
};

const pictures = ({ oddities, sizes, unreadable }: Inspection): Problem[] => {
  const empty = oddities.filter(({ kind }) => kind === 'blank' || kind === 'nearly empty').length;
  const odd = oddities.length - empty;
  const problems: Problem[] = [];
  if (empty > 0)
    problems.push({
      kind: 'blank',
      images: empty,
      finding: `${count(empty)} ${verb(empty, 'is', 'are')} blank or nearly empty: placeholders, signs, lettering.`,
      advice: 'Look at the sheet and leave them out: they are in exclude.txt.',
    });
  if (odd > 0)
    problems.push({
      kind: 'oddities',
      images: odd,
      finding: `${count(odd)} ${verb(odd, 'is', 'are')} very dark, very bright, without contrast, blurred, or drawn in hard lines.`,
      advice: 'Look at the sheets; keep what a camera of yours may see, leave out drawings.',
    });
  if (sizes !== undefined && sizes.small.length + sizes.oblong.length > 0)
    problems.push({
      kind: 'sizes',
      images: new Set([...sizes.small, ...sizes.oblong]).size,
      finding: `${count(sizes.small.length, 'file')} ${verb(sizes.small.length, 'is', 'are')} smaller than a model's input, ${count(sizes.oblong.length, 'file')} far from square.`,
      advice: 'Crop faces squarely from larger pictures.',
    });
  if (unreadable.length > 0)
    problems.push({
      kind: 'unreadable',
      images: unreadable.length,
      finding: `${count(unreadable.length, 'file')} cannot be read as images.`,
      advice: 'Repair or remove them; the report lists them with the reason.',
    });
  return problems;
};

/** Puts what an inspection found into sentences, the gravest first, each with a line of advice. */
export const findProblems = (inspection: Inspection): Problem[] =>
  [leakage, labels, duplicates, imbalance, pictures]
    .flatMap((find) => find(inspection))
    .toSorted((a, b) => PROBLEM_KINDS.indexOf(a.kind) - PROBLEM_KINDS.indexOf(b.kind));
