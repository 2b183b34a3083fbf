import type { BoundingBox } from './detected-face.ts';

const areaOf = ({ widthPx, heightPx }: BoundingBox): number => widthPx * heightPx;

const sharedArea = (one: BoundingBox, other: BoundingBox): number => {
  const widthPx =
    Math.min(one.leftPx + one.widthPx, other.leftPx + other.widthPx) - Math.max(one.leftPx, other.leftPx);
  const heightPx =
    Math.min(one.topPx + one.heightPx, other.topPx + other.heightPx) - Math.max(one.topPx, other.topPx);
  return Math.max(0, widthPx) * Math.max(0, heightPx);
};

/** Intersection over union of two boxes, in [0, 1]; 0 where neither has an area. */
export const intersectionOverUnion = (one: BoundingBox, other: BoundingBox): number => {
  const shared = sharedArea(one, other);
  return shared === 0 ? 0 : shared / (areaOf(one) + areaOf(other) - shared);
};

/** The share of the smaller of two boxes that lies in the other, in [0, 1]. */
export const intersectionOverSmaller = (one: BoundingBox, other: BoundingBox): number => {
  const shared = sharedArea(one, other);
  return shared === 0 ? 0 : shared / Math.min(areaOf(one), areaOf(other));
};
