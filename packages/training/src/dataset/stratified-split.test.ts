import type { LabelledSample, Split } from './sample.ts';
import { stratifiedSplit } from './stratified-split.ts';

const samplesOf = (perClass: readonly number[], split: Split = 'train'): LabelledSample[] =>
  perClass.flatMap((count, label) =>
    Array.from({ length: count }, (_, index) => ({
      source: `${label}/${index}`,
      split,
      picture: { kind: 'file' as const, path: '' },
      target: perClass.map((_, other) => (other === label ? 1 : 0)),
      scored: true,
    })),
  );

const validationOf = (samples: readonly LabelledSample[]): string[] =>
  samples.filter(({ split }) => split === 'validation').map(({ source }) => source);

const countsOf = (sources: readonly string[], classes: number): number[] =>
  Array.from(
    { length: classes },
    (_, label) => sources.filter((source) => source.startsWith(`${label}/`)).length,
  );

describe('a stratified split', () => {
  test('takes the same share of every class, and leaves every class at least one on either side', () => {
    const split = stratifiedSplit(samplesOf([100, 10, 2, 1]), { validationFraction: 0.2, seed: 1 });
    expect(countsOf(validationOf(split), 4)).toEqual([20, 2, 1, 0]);
  });

  test('depends on the seed alone, and keeps the order of the samples', () => {
    const samples = samplesOf([50, 50]);
    const split = (seed: number) => stratifiedSplit(samples, { validationFraction: 0.2, seed });
    expect(split(1)).toEqual(split(1));
    expect(validationOf(split(1))).not.toEqual(validationOf(split(2)));
    expect(split(1).map(({ source }) => source)).toEqual(samples.map(({ source }) => source));
  });

  test('divides samples without votes by their own labels, and apart from those with votes', () => {
    const voted = samplesOf([10, 10]);
    const silent = samplesOf([10, 30]).map(({ source, target, split, picture, scored }): LabelledSample => {
      const name = `silent ${source}`;
      return { source: name, split, picture, scored, target: [0, 0], ownTarget: target };
    });
    const moved = validationOf(stratifiedSplit([...voted, ...silent], { validationFraction: 0.2, seed: 1 }));
    expect(countsOf(moved, 2)).toEqual([2, 2]);
    expect(
      ['silent 0/', 'silent 1/'].map((own) => moved.filter((source) => source.startsWith(own)).length),
    ).toEqual([2, 6]);
  });

  test('does not touch the test split', () => {
    const samples = samplesOf([10, 10], 'test');
    expect(stratifiedSplit(samples, { validationFraction: 0.5, seed: 1 })).toEqual(samples);
  });
});
