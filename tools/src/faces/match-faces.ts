import { intersectionOverUnion, type BoundingBox, type FaceLandmarks, type Point } from '@mien/pipeline';
import type { MarkedFace } from './photo-truth.ts';

/** Boxes that share this much are taken for the same face: what a face's box is differs from detector to detector. */
const SAME_FACE = 0.4;

/** What any detector gives for a face. */
export interface FoundFace {
  readonly box: BoundingBox;
  /** Where it gives any. */
  readonly landmarks?: Pick<FaceLandmarks, 'rightEye' | 'leftEye'>;
}

/** A face that is there and was found. */
export interface MatchedFace {
  readonly overlap: number;
  /** How far the eyes are off, as shares of the width of the marked box; only those that can be seen. */
  readonly eyeErrors: readonly number[];
}

/** How what was found compares with what is there. */
export interface FaceMatch {
  readonly matched: readonly MatchedFace[];
  readonly missed: readonly MarkedFace[];
  readonly extra: readonly FoundFace[];
}

const eyeErrorsOf = ({ box, rightEye, leftEye }: MarkedFace, { landmarks }: FoundFace): number[] => {
  const errorOf = (marked: Point | null, found: Point | undefined): number[] =>
    marked === null || found === undefined
      ? []
      : [Math.hypot(found.xPx - marked.xPx, found.yPx - marked.yPx) / box.widthPx];
  return [...errorOf(rightEye, landmarks?.rightEye), ...errorOf(leftEye, landmarks?.leftEye)];
};

/**
 * Pairs the faces that are there with those that were found, the best overlaps first.
 *
 * @param sameFace the intersection over union from which on two boxes are taken for the same face.
 */
export const matchFaces = (
  marked: readonly MarkedFace[],
  found: readonly FoundFace[],
  sameFace = SAME_FACE,
): FaceMatch => {
  const pairs = marked
    .flatMap((truth) =>
      found.map((face) => ({ truth, face, overlap: intersectionOverUnion(truth.box, face.box) })),
    )
    .filter(({ overlap }) => overlap >= sameFace)
    .toSorted((one, other) => other.overlap - one.overlap);
  const [missed, extra] = [new Set(marked), new Set(found)];
  const matched: MatchedFace[] = [];
  for (const { truth, face, overlap } of pairs) {
    if (!missed.has(truth) || !extra.has(face)) continue;
    missed.delete(truth);
    extra.delete(face);
    matched.push({ overlap, eyeErrors: eyeErrorsOf(truth, face) });
  }
  return { matched, missed: [...missed], extra: [...extra] };
};
