/** What makes a face hard to read. */
export const QUALITY_ISSUES = ['small', 'blurred', 'dark', 'bright', 'tilted', 'turned', 'cut-off'] as const;

/**
 * What makes a face hard to read. `tilted` is towards a shoulder; `turned` is to the side, up or down; `cut-off` has an
 * eye or the mouth outside the frame.
 */
export type QualityIssue = (typeof QUALITY_ISSUES)[number];

/** How well a face can be read, from its pixels and landmarks alone. */
export interface FaceQuality {
  /** In [0, 1]: the worst of its parts, each 1 where nothing is amiss. */
  readonly score: number;
  /** The side of the square of the frame that the model's input was cut from, in pixels. */
  readonly sizePx: number;
  /** In [0, 1]: 1 where edges are as sharp as 48 pixels can show them. */
  readonly sharpness: number;
  /** The mean gray of the face, in [0, 1]. */
  readonly brightness: number;
  /** The line through the eyes against the horizontal, radians, clockwise in the picture is positive; in [-π, π]. */
  readonly rollRad: number;
  /** Estimated from the landmarks, radians: positive where the face looks to the picture's right. */
  readonly yawRad: number;
  /** Estimated from the landmarks, radians: positive where the face looks down. */
  readonly pitchRad: number;
  /** The share of the cut square that lies inside the frame, in [0, 1]. */
  readonly insideShare: number;
  /** Every part that is too poor, the worst first. */
  readonly issues: readonly QualityIssue[];
}
