/** A square of a frame, upright or turned. It may reach outside the frame. */
export interface TiltedSquare {
  /** Pixels from the frame's left edge; the middle of the first pixel is 0.5. */
  readonly centreXPx: number;
  /** Pixels from the frame's top edge. */
  readonly centreYPx: number;
  readonly sidePx: number;
  /** Cosine of the angle by which it is turned clockwise. */
  readonly cos: number;
  /** Sine of that angle. */
  readonly sin: number;
}
