import type { ComparedImages } from './compared-images.ts';
import { DuplicateFinder } from './duplicate-finder.ts';

/** Images that show the same picture, each the same as at least one other of them. */
export interface DuplicateGroup {
  /** Numbers of the images, ascending; two or more. */
  readonly images: readonly number[];
  /** Whether all of them are equal gray value for gray value. */
  readonly isExact: boolean;
}

/** Images between two words on progress. */
const IMAGES_PER_WORD = 200;

/** Sets that grow together. */
class Sets {
  readonly #parents: Int32Array;

  constructor(count: number) {
    this.#parents = Int32Array.from({ length: count }, (_, index) => index);
  }

  rootOf(item: number): number {
    let root = item;
    while (this.#parents[root] !== root) root = this.#parents[root] as number;
    // The way is shortened for the next time.
    for (let at = item; at !== root;) {
      const next = this.#parents[at] as number;
      this.#parents[at] = root;
      at = next;
    }
    return root;
  }

  join(one: number, other: number): void {
    const [a, b] = [this.rootOf(one), this.rootOf(other)];
    this.#parents[Math.max(a, b)] = Math.min(a, b);
  }
}

/**
 * Puts images that show the same picture together. Images that are together already are not compared again, so that
 * a thousand copies of one picture take no longer than a thousand pictures.
 *
 * @returns groups in the order of their first images.
 */
export const groupDuplicates = (params: {
  readonly images: ComparedImages;
  readonly onProgress?: (progress: { done: number; total: number }) => void;
}): DuplicateGroup[] => {
  const { images, onProgress } = params;
  const total = images.count;
  const finder = new DuplicateFinder(images);
  const sets = new Sets(total);
  const differing = new Set<number>();
  for (let image = 0; image < total; image++) {
    if (image % IMAGES_PER_WORD === 0) onProgress?.({ done: image, total });
    const isApart = (other: number): boolean => sets.rootOf(other) !== sets.rootOf(image);
    for (const match of finder.matches(image, { from: image + 1, to: total }, isApart)) {
      if (match.likeness !== 'exact') differing.add(image).add(match.image);
      sets.join(image, match.image);
    }
  }
  onProgress?.({ done: total, total });
  const members = new Map<number, number[]>();
  for (let image = 0; image < total; image++) {
    const root = sets.rootOf(image);
    const group = members.get(root);
    if (group === undefined) members.set(root, [image]);
    else group.push(image);
  }
  return [...members.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({ images: group, isExact: !group.some((image) => differing.has(image)) }));
};
