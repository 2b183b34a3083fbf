import { createHash } from 'node:crypto';
import type { ImageDataset } from './image-dataset.ts';
import { SPLITS } from './sample.ts';

/** SHA-256 over everything of a dataset that training sees: sizes, labels, sources, targets and pixels. */
export const fingerprintOf = (dataset: Omit<ImageDataset, 'fingerprint'>): string => {
  const { labels, ownLabels, widthPx, heightPx, channels } = dataset;
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ labels, ownLabels, widthPx, heightPx, channels }));
  for (const name of SPLITS) {
    const split = dataset[name];
    hash.update(JSON.stringify([name, split?.sources]));
    if (split === undefined) continue;
    for (const values of [split.targets, split.ownTargets])
      if (values !== undefined)
        hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    hash.update(split.scored).update(split.pixels);
  }
  return hash.digest('hex');
};
