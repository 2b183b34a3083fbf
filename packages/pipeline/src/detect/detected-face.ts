/** A place in a frame, in pixels right and down from its top left corner; the middle of the first pixel is (0.5, 0.5). */
export interface Point {
  readonly xPx: number;
  readonly yPx: number;
}

/** An upright rectangle in a frame. It may reach outside the frame where a face does. */
export interface BoundingBox {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The six points that the detector gives. Left and right are the person's own: the right eye is on the left of a picture. */
export interface FaceLandmarks {
  readonly rightEye: Point;
  readonly leftEye: Point;
  readonly noseTip: Point;
  readonly mouth: Point;
  readonly rightEar: Point;
  readonly leftEar: Point;
}

/** A face that was found in a frame. */
export interface DetectedFace {
  readonly box: BoundingBox;
  readonly landmarks: FaceLandmarks;
  /** How sure the detector is that this is a face, in [0, 1]. */
  readonly confidence: number;
}
