import { expectedCalibrationError, reliabilityBins } from './calibration-error.ts';

describe('reliabilityBins', () => {
  test('are 15 of equal width that cover [0, 1]', () => {
    const bins = reliabilityBins([], []);
    expect(bins).toHaveLength(15);
    expect(bins[0]).toEqual({ lower: 0, upper: 1 / 15, count: 0, confidence: 0, accuracy: 0 });
    expect(bins.at(-1)?.upper).toBe(1);
  });

  test('put a probability on an edge into the lower bin, and the ends of [0, 1] into the outer bins', () => {
    const bins = reliabilityBins([0, 7 / 15, 1], [0, 1, 1]);
    expect(bins.flatMap(({ count }, index) => (count === 0 ? [] : [index]))).toEqual([0, 6, 14]);
  });

  test('hold mean confidence and accuracy of their samples', () => {
    const bin = reliabilityBins([0.61, 0.63, 0.65, 0.65], [1, 0, 1, 1]).find(({ count }) => count > 0);
    expect(bin?.confidence).toBeCloseTo(0.635, 12);
    expect(bin?.accuracy).toBe(0.75);
  });
});

describe('expectedCalibrationError', () => {
  test('weighs the gap of each bin by its samples', () => {
    // Worked by hand: three samples at 0.9 with two hits, one at 0.5 with none.
    const bins = reliabilityBins([0.9, 0.9, 0.9, 0.5], [1, 1, 0, 0]);
    expect(expectedCalibrationError(bins)).toBeCloseTo((3 * (0.9 - 2 / 3) + 0.5) / 4, 12);
  });

  test('is 0 where confidence is kept exactly, and for no samples', () => {
    expect(expectedCalibrationError(reliabilityBins([0.75, 0.75, 0.75, 0.75], [1, 1, 1, 0]))).toBe(0);
    expect(expectedCalibrationError(reliabilityBins([], []))).toBe(0);
  });
});
