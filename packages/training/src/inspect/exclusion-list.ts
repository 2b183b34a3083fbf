import type { Inspection } from './inspection.ts';

/**
 * Lists the training images that are better left out, as `fit --exclude` reads them: one source a line, under comments
 * that say why. Only training images: leaving others out would change what is scored.
 *
 * @returns undefined where there is nothing to leave out.
 */
export const exclusionList = (
  { leaks, oddities, verdicts }: Inspection,
  trainSources: ReadonlySet<string>,
): string | undefined => {
  const listed = new Set<string>();
  const part = (why: string, sources: readonly string[]): string[] => {
    const fresh = sources.filter((source) => trainSources.has(source) && !listed.has(source));
    for (const source of fresh) listed.add(source);
    return fresh.length === 0 ? [] : ['', `# ${why} (${fresh.length})`, ...fresh];
  };
  const lines = [
    '# Training images to leave out. Delete lines to keep images; give the file to training as --exclude.',
    ...part(
      'show the same picture as a validation or test image',
      leaks.map(({ image }) => image.source),
    ),
    ...part(
      'blank or nearly empty',
      oddities
        .filter(({ kind }) => kind === 'blank' || kind === 'nearly empty')
        .map(({ image }) => image.source),
    ),
    ...verdicts
      .filter(({ reason }) => reason === 'most taggers found no face')
      .flatMap(({ reason, sources }) => part(reason, sources)),
  ];
  return listed.size === 0 ? undefined : `${lines.join('\n')}\n`;
};
