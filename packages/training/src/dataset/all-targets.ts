import type { ImageSplit } from './image-dataset.ts';

/**
 * The targets of all heads side by side.
 *
 * @returns `[count, classes]`, or `[count, classes + ownLabels]` where the dataset's own labels are kept.
 */
export const allTargets = ({ count, targets, ownTargets }: ImageSplit): Float32Array => {
  if (ownTargets === undefined) return targets;
  const [classes, own] = [targets.length / count, ownTargets.length / count];
  const all = new Float32Array(count * (classes + own));
  for (let row = 0; row < count; row++) {
    all.set(targets.subarray(row * classes, (row + 1) * classes), row * (classes + own));
    all.set(ownTargets.subarray(row * own, (row + 1) * own), row * (classes + own) + classes);
  }
  return all;
};
