/**
 * What is known of one number that moves: where it is, how fast, and how sure that is (Kalman filter). Distances are in
 * any one unit, times in seconds.
 */
export interface AxisMotion {
  readonly position: number;
  /** Per second. */
  readonly velocity: number;
  /** Variance of the position. */
  readonly positionVariance: number;
  readonly covariance: number;
  /** Variance of the velocity. */
  readonly velocityVariance: number;
}

/** How restless a number is. */
export interface AxisNoise {
  /** Standard deviation of what is measured. */
  readonly measured: number;
  /** Standard deviation of the velocity that nothing is known of, per second. */
  readonly velocity: number;
  /** Standard deviation of how much the velocity changes within a second. */
  readonly acceleration: number;
}

/** Seconds after which a velocity is down to 1/e: what is not seen is not believed to go on for ever. */
const VELOCITY_LASTS_S = 1;

/** Starts from one measurement. */
export const startMotion = (position: number, { measured, velocity }: AxisNoise): AxisMotion => ({
  position,
  velocity: 0,
  positionVariance: measured * measured,
  covariance: 0,
  velocityVariance: velocity * velocity,
});

/** What is expected after `seconds`: it goes on as it went, ever slower and ever less surely. */
export const predictMotion = (
  motion: AxisMotion,
  seconds: number,
  { acceleration }: AxisNoise,
): AxisMotion => {
  const kept = Math.exp(-seconds / VELOCITY_LASTS_S);
  const way = VELOCITY_LASTS_S * (1 - kept);
  const { covariance, velocityVariance } = motion;
  // White noise of the acceleration, integrated once and twice.
  const drift = acceleration * acceleration * seconds;
  return {
    position: motion.position + way * motion.velocity,
    velocity: kept * motion.velocity,
    positionVariance:
      motion.positionVariance +
      2 * way * covariance +
      way * way * velocityVariance +
      (drift * seconds * seconds) / 3,
    covariance: kept * (covariance + way * velocityVariance) + (drift * seconds) / 2,
    velocityVariance: kept * kept * velocityVariance + drift,
  };
};

/** Takes a measurement in. */
export const correctMotion = (motion: AxisMotion, measured: number, noise: AxisNoise): AxisMotion => {
  const { positionVariance, covariance, velocityVariance } = motion;
  const total = positionVariance + noise.measured * noise.measured;
  const gain = positionVariance / total;
  const velocityGain = covariance / total;
  const surprise = measured - motion.position;
  return {
    position: motion.position + gain * surprise,
    velocity: motion.velocity + velocityGain * surprise,
    positionVariance: (1 - gain) * positionVariance,
    covariance: (1 - gain) * covariance,
    velocityVariance: velocityVariance - velocityGain * covariance,
  };
};
