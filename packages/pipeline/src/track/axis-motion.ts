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
  /** How much the velocity is pushed about: standard deviation of what a second adds up to, were nothing to die away. */
  readonly acceleration: number;
}

/** Seconds after which a velocity is down to 1/e: what is not seen is not believed to go on for ever. */
const VELOCITY_LASTS_S = 0.6;

/** Starts from one measurement. */
export const startMotion = (position: number, { measured, velocity }: AxisNoise): AxisMotion => ({
  position,
  velocity: 0,
  positionVariance: measured * measured,
  covariance: 0,
  velocityVariance: velocity * velocity,
});

/**
 * What is expected after `seconds`: it goes on as it went, ever slower and ever less surely. The velocity is pushed at
 * random and dies away (an Ornstein-Uhlenbeck process), integrated exactly: one long step is as good as many short ones.
 */
export const predictMotion = (
  motion: AxisMotion,
  seconds: number,
  { acceleration }: AxisNoise,
): AxisMotion => {
  const lasts = VELOCITY_LASTS_S;
  const kept = Math.exp(-seconds / lasts);
  const way = lasts * (1 - kept);
  const { covariance, velocityVariance } = motion;
  const push = acceleration * acceleration;
  return {
    position: motion.position + way * motion.velocity,
    velocity: kept * motion.velocity,
    positionVariance:
      motion.positionVariance +
      2 * way * covariance +
      way * way * velocityVariance +
      push * lasts * lasts * (seconds - 2 * way + (lasts / 2) * (1 - kept * kept)),
    covariance: kept * (covariance + way * velocityVariance) + (push * way * way) / 2,
    velocityVariance: kept * kept * velocityVariance + ((push * lasts) / 2) * (1 - kept * kept),
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
