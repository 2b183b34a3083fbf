import type { Problem } from './find-problems.ts';
import type { Inspection } from './inspection.ts';
import type { ListedImage } from './listed-image.ts';

const named = ({ split, source, label }: ListedImage): Pick<ListedImage, 'split' | 'source' | 'label'> => ({
  split,
  source,
  label,
});

/** The figures and lists of an inspection as JSON, for programs. */
export const inspectionJson = (inspection: Inspection, problems: readonly Problem[]): string => {
  const { leaks, groups, oddities, ...rest } = inspection;
  const content = {
    ...rest,
    problems,
    leaks: leaks.map(({ image, sameAs, likeness, correlation }) => ({
      image: named(image),
      sameAs: named(sameAs),
      likeness,
      correlation: Number(correlation.toFixed(4)),
    })),
    groups: groups.map(({ images, isExact, isConflict, isAcrossSplits }) => ({
      isExact,
      isConflict,
      isAcrossSplits,
      images: images.map(named),
    })),
    oddities: oddities.map(({ image, kind, value }) => ({
      image: named(image),
      kind,
      value: Number(value.toFixed(4)),
    })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
};
