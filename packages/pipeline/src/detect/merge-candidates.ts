import type { Candidate } from './candidates.ts';
import type { DetectedFace, Point } from './detected-face.ts';
import { intersectionOverSmaller, intersectionOverUnion } from './overlap.ts';

/** Boxes whose intersection over union is at least this name the same face. */
export const SAME_FACE = 0.3;

/** A box of which this much lies in a surer one is a part of that face. */
const PART_OF_FACE = 0.7;

/** The mean of candidates, weighted by how sure each is and by how closely its tile looked. */
const blend = (candidates: readonly Candidate[], confidence: number): DetectedFace => {
  const weights = candidates.map(({ confidence: own, tilePx }) => own / tilePx);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (read: (candidate: Candidate) => number): number =>
    candidates.reduce((sum, one, index) => sum + (weights[index] as number) * read(one), 0) / total;
  const point = (read: (landmarks: Candidate['landmarks']) => Point): Point => ({
    xPx: mean(({ landmarks }) => read(landmarks).xPx),
    yPx: mean(({ landmarks }) => read(landmarks).yPx),
  });
  return {
    box: {
      leftPx: mean(({ box }) => box.leftPx),
      topPx: mean(({ box }) => box.topPx),
      widthPx: mean(({ box }) => box.widthPx),
      heightPx: mean(({ box }) => box.heightPx),
    },
    landmarks: {
      rightEye: point(({ rightEye }) => rightEye),
      leftEye: point(({ leftEye }) => leftEye),
      noseTip: point(({ noseTip }) => noseTip),
      mouth: point(({ mouth }) => mouth),
      rightEar: point(({ rightEar }) => rightEar),
      leftEar: point(({ leftEar }) => leftEar),
    },
    confidence,
  };
};

/**
 * Makes one face of all candidates that name it: non-maximum suppression in which the surest candidate is not kept as it
 * is, but averaged with those it suppresses, which is steadier (Bazarevsky et al., BlazeFace, 2019).
 *
 * @returns the surest first.
 */
export const mergeCandidates = (candidates: readonly Candidate[]): DetectedFace[] => {
  let left = candidates.toSorted((one, other) => other.confidence - one.confidence);
  const faces: DetectedFace[] = [];
  while (left.length > 0) {
    const [{ box, confidence }] = left as [Candidate];
    const same: Candidate[] = [];
    const others: Candidate[] = [];
    for (const candidate of left) {
      if (intersectionOverUnion(box, candidate.box) >= SAME_FACE) same.push(candidate);
      else if (intersectionOverSmaller(box, candidate.box) < PART_OF_FACE) others.push(candidate);
    }
    faces.push(blend(same, confidence));
    left = others;
  }
  return faces;
};
