import { findProblems } from './find-problems.ts';
import type { Inspection } from './inspection.ts';
import type { ListedImage } from './listed-image.ts';

const image = (split: ListedImage['split'], label: string): ListedImage => ({
  split,
  label,
  index: 0,
  source: `${split}/${label}.png`,
});

const clean: Inspection = {
  name: 'faces',
  kind: 'folder',
  fingerprint: 'ab'.repeat(32),
  labels: ['a', 'b'],
  balance: [
    {
      split: 'train',
      images: 25,
      imbalance: 1.5,
      classes: [
        { label: 'a', images: 15 },
        { label: 'b', images: 10 },
      ],
    },
  ],
  agreement: undefined,
  verdicts: [],
  leaks: [],
  groups: [],
  oddities: [],
  sizes: undefined,
  unreadable: [],
};
const kinds = (change: Partial<Inspection>): string[] =>
  findProblems({ ...clean, ...change }).map(({ kind }) => kind);

test('finds no problem where there is none', () => {
  expect(findProblems(clean)).toEqual([]);
});

test('tells leaks of training and of validation images apart', () => {
  const leak = (split: 'train' | 'validation') => ({
    image: image(split, 'a'),
    sameAs: image('test', 'a'),
    likeness: 'exact' as const,
    correlation: 1,
  });
  const problems = findProblems({ ...clean, leaks: [leak('train'), leak('train'), leak('validation')] });
  expect(problems.map(({ finding }) => finding)).toEqual([
    '2 training images show the same picture as a validation or test image.',
    '1 validation image shows the same picture as a test image.',
  ]);
});

test('names the gravest first, each once', () => {
  const group = {
    images: [image('train', 'a'), image('train', 'b')],
    isExact: true,
    isConflict: true,
    isAcrossSplits: false,
  };
  const odd = { image: image('train', 'a'), value: 1 };
  expect(
    kinds({
      unreadable: [{ source: 'x.png', reason: 'empty file' }],
      oddities: [
        { ...odd, kind: 'blurred' },
        { ...odd, kind: 'nearly empty' },
      ],
      groups: [group],
      sizes: { files: 2, commonest: [], small: ['x'], oblong: [] },
    }),
  ).toEqual(['label-conflicts', 'duplicates', 'blank', 'oddities', 'sizes', 'unreadable']);
});

test('speaks of imbalance where the rarest class is rare, and names both ends', () => {
  const [balance] = clean.balance;
  const classes = [
    { label: 'a', images: 30 },
    { label: 'b', images: 3 },
  ];
  const [problem] = findProblems({ ...clean, balance: [{ ...balance!, imbalance: 10, classes }] });
  expect(problem?.finding).toBe('"a" is 10.0 times as frequent in training as "b" (3 images).');
});

test('speaks of disagreement where labels are contradicted often, not where they are now and then', () => {
  const agreement = {
    images: 100,
    agreement: 0.8,
    entropyBits: 0.5,
    confusion: [],
    ownLabels: [],
    votedLabels: [],
    perClass: [],
  };
  expect(kinds({ agreement })).toEqual(['disagreement']);
  expect(kinds({ agreement: { ...agreement, agreement: 0.97 } })).toEqual([]);
});
