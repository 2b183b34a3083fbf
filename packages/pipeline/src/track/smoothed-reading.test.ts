import { boxAt, readingAt } from './face-reading.test-support.ts';
import {
  smoothedProbabilities,
  smoothReading,
  startReading,
  type SmoothedReading,
} from './smoothed-reading.ts';

const OPTIONS = { smoothingMs: 300, switchMargin: 0.1, switchAfterMs: 300 };
const BOX = boxAt(200, 200);
const CALM = readingAt(BOX, [0.9, 0.05, 0.05]);
const GLAD = readingAt(BOX, [0.1, 0.8, 0.1]);

/** Calm for a second, then glad, at a frame rate; what is smoothed at each whole 100 ms after the change. */
const follow = (fps: number, seconds: number): SmoothedReading[] => {
  let smoothed = startReading(CALM, 0);
  const every100Ms: SmoothedReading[] = [];
  for (let frame = 1; frame <= (1 + seconds) * fps; frame++) {
    const timeMs = (frame * 1000) / fps;
    smoothed = smoothReading(smoothed, timeMs <= 1000 ? CALM : GLAD, { ...OPTIONS, timeMs });
    if (timeMs > 1000 && Math.abs((timeMs % 200) - 0) < 1e-6) every100Ms.push(smoothed);
  }
  return every100Ms;
};

describe('smoothing over time', () => {
  test.each([5, 10, 30, 60, 120])('at %d frames a second follows a change with the time constant', (fps) => {
    const smoothed = follow(fps, 1).map((one) => smoothedProbabilities(one)[1] as number);
    const expected = [200, 400, 600, 800, 1000].map((ms) => 0.8 - 0.75 * Math.exp(-ms / 300));
    expect(smoothed).toHaveLength(expected.length);
    for (const [index, value] of smoothed.entries()) expect(value).toBeCloseTo(expected[index] as number, 10);
  });

  test('uneven frames come to the same as even ones', () => {
    let uneven = startReading(CALM, 0);
    for (const timeMs of [3, 4, 90, 400, 401, 1000])
      uneven = smoothReading(uneven, GLAD, { ...OPTIONS, timeMs });
    expect(smoothedProbabilities(uneven)[1]).toBeCloseTo(0.8 - 0.75 * Math.exp(-1000 / 300), 10);
  });

  test('probabilities go on summing to one', () => {
    for (const one of follow(30, 1))
      expect(smoothedProbabilities(one).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
  });

  test('a poor frame counts as little as its quality is', () => {
    const poor = readingAt(BOX, [0.1, 0.8, 0.1], { score: 0.1, issues: ['blurred'] });
    const after = (face: typeof GLAD) =>
      smoothedProbabilities(
        smoothReading(startReading(CALM, 0), face, { ...OPTIONS, timeMs: 100 }),
      )[1] as number;
    const share = (score: number) => {
      const kept = Math.exp(-100 / 300);
      return ((1 - kept) * score) / (kept + (1 - kept) * score);
    };
    expect(after(GLAD)).toBeCloseTo(0.05 + 0.75 * share(1), 10);
    expect(after(poor)).toBeCloseTo(0.05 + 0.75 * share(0.1), 10);
  });

  test('a face that is always poor is read all the same', () => {
    const poor = readingAt(BOX, [0.1, 0.8, 0.1], { score: 0, issues: ['small'] });
    const smoothed = smoothReading(startReading(poor, 0), poor, { ...OPTIONS, timeMs: 100 });
    expect(smoothedProbabilities(smoothed)[1]).toBeCloseTo(0.8, 10);
  });

  test('without smoothing each frame stands alone', () => {
    const smoothed = smoothReading(startReading(CALM, 0), GLAD, { ...OPTIONS, smoothingMs: 0, timeMs: 1 });
    expect(smoothedProbabilities(smoothed)[1]).toBeCloseTo(0.8, 10);
    expect(smoothed.label).toBe('happiness');
  });
});

describe('the label that is shown', () => {
  const NEARLY = { calm: [0.51, 0.47, 0.02], glad: [0.47, 0.51, 0.02] } as const;

  test('does not flicker where two labels are nearly as likely', () => {
    let smoothed = startReading(readingAt(BOX, NEARLY.calm), 0);
    const labels: string[] = [];
    for (let frame = 1; frame < 60; frame++) {
      const row = frame % 4 < 2 ? NEARLY.glad : NEARLY.calm;
      smoothed = smoothReading(smoothed, readingAt(BOX, row), {
        ...OPTIONS,
        smoothingMs: 50,
        timeMs: frame * 33,
      });
      labels.push(smoothed.label);
    }
    expect(new Set(labels)).toEqual(new Set(['neutral']));
  });

  test('changes at once where another is clearly likelier', () => {
    const clear = follow(30, 1).find(({ label }) => label === 'happiness');
    const [neutral, happiness] = smoothedProbabilities(clear as SmoothedReading);
    expect((happiness as number) - (neutral as number)).toBeGreaterThanOrEqual(OPTIONS.switchMargin);
  });

  test.each([5, 30, 60])('changes after a while where another stays a little likelier, at %d fps', (fps) => {
    let smoothed = startReading(readingAt(BOX, NEARLY.calm), 0);
    let changedMs = 0;
    for (let frame = 1; changedMs === 0 && frame < 3 * fps; frame++) {
      const timeMs = (frame * 1000) / fps;
      smoothed = smoothReading(smoothed, readingAt(BOX, NEARLY.glad), { ...OPTIONS, timeMs });
      if (smoothed.label === 'happiness') changedMs = timeMs;
    }
    // Outdone once the two are even, after 300 ms · ln 2, and shown 300 ms later.
    const expectedMs = 300 * Math.LN2 + 300;
    expect(changedMs).toBeGreaterThanOrEqual(expectedMs - 1);
    expect(changedMs).toBeLessThanOrEqual(expectedMs + 2000 / fps);
  });
});
