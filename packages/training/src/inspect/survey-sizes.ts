import { join } from 'node:path';
import sharp from 'sharp';

/** What sizes the files of a dataset have, before they are scaled to a model's input. */
export interface SizeSurvey {
  readonly files: number;
  /** The commonest sizes, at most five. */
  readonly commonest: readonly {
    readonly widthPx: number;
    readonly heightPx: number;
    readonly files: number;
  }[];
  /** Files smaller than the side given in either direction: they are blown up. */
  readonly small: readonly string[];
  /** Files of which one side is over 1.3 times the other: faces are squeezed. */
  readonly oblong: readonly string[];
}

/** How many files are open at once. */
const IN_FLIGHT = 8;
/** From this ratio of the sides on a face that is scaled to a square looks squeezed. */
const OBLONG = 1.3;

/**
 * Reads the sizes of image files from their headers.
 *
 * @param params.root folder of the dataset.
 * @param params.sources paths relative to it; files that cannot be read are passed over.
 * @param params.sidePx a model's input.
 */
export const surveySizes = async (params: {
  readonly root: string;
  readonly sources: readonly string[];
  readonly sidePx: number;
  readonly onProgress?: (progress: { done: number; total: number }) => void;
}): Promise<SizeSurvey> => {
  const { root, sources, sidePx, onProgress } = params;
  const counts = new Map<string, { widthPx: number; heightPx: number; files: number }>();
  const small: string[] = [];
  const oblong: string[] = [];
  let done = 0;
  const queue = sources.values();
  const work = async (): Promise<void> => {
    for (const source of queue) {
      const found = await sharp(join(root, source))
        .metadata()
        .catch(() => undefined);
      done += 1;
      if (done % 500 === 0 || done === sources.length) onProgress?.({ done, total: sources.length });
      if (found === undefined) continue;
      const { width: widthPx, height: heightPx } = found;
      const key = `${widthPx}x${heightPx}`;
      const count = counts.get(key) ?? { widthPx, heightPx, files: 0 };
      counts.set(key, { ...count, files: count.files + 1 });
      if (Math.min(widthPx, heightPx) < sidePx) small.push(source);
      if (Math.max(widthPx, heightPx) > OBLONG * Math.min(widthPx, heightPx)) oblong.push(source);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  const sizes = [...counts.values()].toSorted((a, b) => b.files - a.files || a.widthPx - b.widthPx);
  return {
    files: sizes.reduce((sum, { files }) => sum + files, 0),
    commonest: sizes.slice(0, 5),
    small: small.toSorted(),
    oblong: oblong.toSorted(),
  };
};
