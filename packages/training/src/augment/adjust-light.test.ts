import { readFileSync } from 'node:fs';
import { createRandom } from '@mien/contract';
import { jitterLight, scaleBrightness, shiftValues } from './adjust-light.ts';

interface LightCase {
  readonly change: 'channel_shift_intensity' | 'brightness';
  readonly value: number;
  readonly input: number[];
  readonly output: number[];
}

const { light } = JSON.parse(
  readFileSync(new URL('../../../../test-fixtures/keras-transforms.json', import.meta.url), 'utf8'),
) as { light: LightCase[] };

const APPLY = { channel_shift_intensity: shiftValues, brightness: scaleBrightness };

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const middleGrays = (): Float32Array => {
  const random = createRandom(3);
  return Float32Array.from({ length: 500 }, () => random.uniform(110, 140));
};

describe('changes of light', () => {
  test.each(light.map((each) => [each.change, each.value, each] as const))(
    '%s by %d gives what Keras gives',
    (change, value, each) => {
      const pixels = Float32Array.from(each.input);
      APPLY[change](pixels, value);
      expect(pixels).toHaveLength(each.output.length);
      for (const [index, expected] of each.output.entries()) expect(pixels[index]).toBeCloseTo(expected, 3);
    },
  );

  test('jitter of brightness scales every value by one factor in its range', () => {
    const before = middleGrays();
    const factors = Array.from({ length: 200 }, (_, seed) => {
      const pixels = before.slice();
      jitterLight(pixels, { brightnessJitter: 0.3, contrastJitter: 0 }, createRandom(seed));
      const factor = mean(pixels) / mean(before);
      const off = before.map((value, index) => Math.abs((pixels[index] ?? NaN) - value * factor));
      expect(Math.max(...off)).toBeLessThan(0.01);
      return factor;
    });
    expect(Math.min(...factors)).toBeGreaterThan(0.7);
    expect(Math.min(...factors)).toBeLessThan(0.75);
    expect(Math.max(...factors)).toBeLessThan(1.3);
    expect(Math.max(...factors)).toBeGreaterThan(1.25);
  });

  test('jitter of contrast keeps the mean and scales the distances from it', () => {
    const before = middleGrays();
    for (let seed = 0; seed < 50; seed++) {
      const pixels = before.slice();
      jitterLight(pixels, { brightnessJitter: 0, contrastJitter: 0.5 }, createRandom(seed));
      expect(mean(pixels)).toBeCloseTo(mean(before), 2);
      const stretch = ((pixels[0] ?? 0) - mean(before)) / ((before[0] ?? 0) - mean(before));
      expect(Math.abs(stretch - 1)).toBeLessThan(0.5);
      const far = mean(before) + stretch * ((before[7] ?? 0) - mean(before));
      expect(pixels[7]).toBeCloseTo(far, 1);
    }
  });

  test('jitter stays within [0, 255]', () => {
    const pixels = Float32Array.of(0, 255, 0, 255, 250);
    for (let seed = 0; seed < 50; seed++) {
      jitterLight(pixels, { brightnessJitter: 1, contrastJitter: 1 }, createRandom(seed));
      expect(Math.min(...pixels)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...pixels)).toBeLessThanOrEqual(255);
      pixels.set([0, 255, 0, 255, 250]);
    }
  });
});
