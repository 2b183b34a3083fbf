import { createRandom } from '@mien/contract';
import { fitTemperature } from './fit-temperature.ts';

/** `samples` rows of the same logits, `hits` of which are truly of the first class, the rest of the second. */
const repeated = (logits: readonly number[], hits: number, samples: number) => ({
  logits: Float32Array.from(Array.from({ length: samples }, () => logits).flat()),
  targets: Float32Array.from(
    Array.from({ length: samples }, (_, row) =>
      logits.map((_, column) => (column === (row < hits ? 0 : 1) ? 1 : 0)),
    ).flat(),
  ),
  scored: new Uint8Array(samples).fill(1),
  classes: logits.length,
});

describe('fitTemperature', () => {
  test('solves the case that can be solved by hand', () => {
    // All logits (2, 0), 3 of 4 right: 1 / (1 + exp(-2/T)) = 3/4, so T = 2 / ln 3.
    const fit = fitTemperature(repeated([2, 0], 3, 4));
    expect(fit.temperature).toBeCloseTo(2 / Math.log(3), 9);
    expect(fit.eceBefore).toBeCloseTo(1 / (1 + Math.exp(-2)) - 3 / 4, 9);
    expect(fit.eceAfter).toBeCloseTo(0, 9);
  });

  test('sharpens a model that is too modest', () => {
    // All logits (1, 0, 0), 9 of 10 right: 1 / (1 + 2 exp(-1/T)) = 9/10, so T = 1 / ln 18.
    expect(fitTemperature(repeated([1, 0, 0], 9, 10)).temperature).toBeCloseTo(1 / Math.log(18), 9);
  });

  test('recovers the factor by which honest logits were blown up', () => {
    const random = createRandom(11);
    const samples = 4000;
    const classes = 4;
    const logits = Float32Array.from({ length: samples * classes }, () => 2 * random.normal());
    const targets = new Float32Array(samples * classes);
    for (let row = 0; row < samples; row++) {
      const weights = Array.from(logits.subarray(row * classes, (row + 1) * classes), Math.exp);
      let left = random.next() * weights.reduce((total, weight) => total + weight, 0);
      const drawn = weights.findIndex((weight) => (left -= weight) < 0);
      targets[row * classes + drawn] = 1;
    }
    const fit = fitTemperature({
      logits: logits.map((logit) => logit * 3),
      targets,
      scored: new Uint8Array(samples).fill(1),
      classes,
    });
    expect(Math.abs(fit.temperature - 3)).toBeLessThan(0.15);
    expect(fit.eceAfter).toBeLessThan(fit.eceBefore / 3);
  });

  test('takes log-probabilities as well as logits', () => {
    const params = repeated([2, 0], 3, 4);
    const normaliser = Math.log(Math.exp(2) + 1);
    const shifted = { ...params, logits: params.logits.map((logit) => logit - normaliser) };
    expect(fitTemperature(shifted).temperature).toBeCloseTo(fitTemperature(params).temperature, 6);
  });

  test('fits on scored samples alone', () => {
    const params = repeated([2, 0], 3, 8);
    params.scored.fill(0, 4);
    expect(fitTemperature(params).temperature).toBeCloseTo(2 / Math.log(3), 9);
  });

  test('stays within bounds where every sample is right, and where probabilities were 0', () => {
    expect(fitTemperature(repeated([2, 0], 4, 4)).temperature).toBeCloseTo(0.25, 9);
    const impossible = fitTemperature(repeated([0, -Infinity], 1, 2));
    expect(impossible.temperature).toBeCloseTo(8, 9);
    expect(impossible.eceAfter).not.toBeNaN();
  });

  test('leaves the logits alone where the likelier temperature would worsen the calibration error', () => {
    // 3 of 4 right at a confidence of 3/4 is honest. One sure mistake in a thousand is nearly so, but costs so much
    // likelihood that about T = 2 is likelier, at which the honest ones would be too modest.
    const honest = repeated([Math.log(3), 0], 75, 100);
    const sure = repeated([20, 0], 999, 1000);
    const both = {
      logits: Float32Array.of(...honest.logits, ...sure.logits),
      targets: Float32Array.of(...honest.targets, ...sure.targets),
      scored: new Uint8Array(1100).fill(1),
      classes: 2,
    };
    const { temperature, eceBefore, eceAfter } = fitTemperature(both);
    expect(temperature).toBe(1);
    expect(eceAfter).toBe(eceBefore);
    expect(eceBefore).toBeCloseTo(1 / 1100, 6);
    // The sure mistake alone does ask for another temperature, and it helps.
    expect(fitTemperature(sure).temperature).toBeGreaterThan(2);
  });

  test('leaves the logits alone where nothing is scored', () => {
    const params = repeated([2, 0], 3, 4);
    params.scored.fill(0);
    expect(fitTemperature(params)).toEqual({ temperature: 1, eceBefore: 0, eceAfter: 0 });
  });
});
