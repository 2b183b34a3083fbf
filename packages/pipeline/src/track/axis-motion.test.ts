import { createRandom } from '@mien/contract';
import { correctMotion, predictMotion, startMotion, type AxisMotion } from './axis-motion.ts';

const NOISE = { measured: 2, velocity: 30, acceleration: 20 };

/** Follows measurements of `positionAt`, shaken by the noise that the filter is told. */
const follow = (positionAt: (seconds: number) => number, fps: number, seconds: number, seed = 1) => {
  const random = createRandom(seed);
  const measureAt = (time: number) => positionAt(time) + NOISE.measured * random.normal();
  let motion = startMotion(measureAt(0), NOISE);
  for (let frame = 1; frame <= fps * seconds; frame++) {
    motion = predictMotion(motion, 1 / fps, NOISE);
    motion = correctMotion(motion, measureAt(frame / fps), NOISE);
  }
  return motion;
};

const isCovariance = ({ positionVariance, covariance, velocityVariance }: AxisMotion) =>
  positionVariance > 0 && velocityVariance > 0 && positionVariance * velocityVariance > covariance ** 2;

describe('motion along an axis', () => {
  test('learns how fast a number moves', () => {
    const followed = Array.from({ length: 100 }, (_, seed) =>
      follow((seconds) => 100 + 40 * seconds, 30, 3, seed),
    );
    const mean = (of: (motion: AxisMotion) => number) =>
      followed.reduce((sum, motion) => sum + of(motion), 0) / followed.length;
    expect(Math.abs(mean(({ position }) => position) - 220)).toBeLessThan(1.5);
    // A little less than 40: it believes that velocities die away.
    expect(mean(({ velocity }) => velocity)).toBeGreaterThan(25);
    expect(mean(({ velocity }) => velocity)).toBeLessThan(41);
  });

  test('shakes less than what it measures', () => {
    const errors = Array.from({ length: 200 }, (_, seed) => follow(() => 50, 30, 1, seed).position - 50);
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    expect(deviation).toBeLessThan(0.7 * NOISE.measured);
  });

  test('knows how sure it is: its errors are as large as it says', () => {
    const squared = Array.from({ length: 300 }, (_, seed) => {
      const motion = follow((seconds) => 100 + 10 * seconds, 10, 2, seed);
      return (motion.position - 120) ** 2 / motion.positionVariance;
    });
    const mean = squared.reduce((sum, value) => sum + value, 0) / squared.length;
    // 1 where the number is as restless as the filter believes; less here, where it moves evenly.
    expect(mean).toBeGreaterThan(0.3);
    expect(mean).toBeLessThan(1.2);
  });

  test('one long step of prediction is as good as many short ones', () => {
    const start = follow((seconds) => 40 * seconds, 30, 2);
    const long = predictMotion(start, 0.5, NOISE);
    let short = start;
    for (let step = 0; step < 30; step++) short = predictMotion(short, 0.5 / 30, NOISE);
    for (const [name, value] of Object.entries(long))
      expect(short[name as keyof AxisMotion]).toBeCloseTo(value, 8);
  });

  test('is less sure the longer it sees nothing, and does not go on for ever', () => {
    const seen = follow((seconds) => 40 * seconds, 30, 2);
    const soon = predictMotion(seen, 0.2, NOISE);
    const late = predictMotion(seen, 60, NOISE);
    expect(soon.positionVariance).toBeGreaterThan(seen.positionVariance);
    expect(late.positionVariance).toBeGreaterThan(soon.positionVariance);
    expect(late.position - seen.position).toBeLessThan(seen.velocity);
    for (const motion of [seen, soon, late]) expect(isCovariance(motion)).toBe(true);
  });
});
