import { learningRateAt, type Schedule } from './learning-rate.ts';

const base: Schedule = { learningRate: 0.8, schedule: 'constant', warmupEpochs: 0, epochs: 10 };
const at = (schedule: Partial<Schedule>, ...steps: number[]): number[] =>
  steps.map((step) => learningRateAt({ ...base, ...schedule }, step, 4));

test('constant stays', () => {
  expect(at({}, 0, 20, 39)).toEqual([0.8, 0.8, 0.8]);
});

test.each(['constant', 'step', 'cosine'] as const)('%s is reached over a linear warm-up', (schedule) => {
  const rates = at({ schedule, warmupEpochs: 2 }, 0, 1, 3, 7, 8);
  for (const [index, expected] of [0.1, 0.2, 0.4, 0.8, 0.8].entries())
    expect(rates[index]).toBeCloseTo(expected, 12);
});

test('step drops by its factor at its epochs', () => {
  const rates = at({ schedule: 'step', decayEveryEpochs: 3, decayFactor: 0.5 }, 0, 11, 12, 23, 24, 36);
  for (const [index, expected] of [0.8, 0.8, 0.4, 0.4, 0.2, 0.1].entries())
    expect(rates[index]).toBeCloseTo(expected, 12);
});

test('step drops twice by a tenth in a run where nothing else is said', () => {
  const rates = at({ schedule: 'step', epochs: 9 }, 0, 11, 12, 23, 24, 35);
  for (const [index, expected] of [0.8, 0.8, 0.08, 0.08, 0.008, 0.008].entries())
    expect(rates[index]).toBeCloseTo(expected, 12);
});

test('cosine is at half in the middle and near 0 at the end', () => {
  const [first, middle, last] = at({ schedule: 'cosine' }, 0, 20, 39) as [number, number, number];
  expect(first).toBe(0.8);
  expect(middle).toBeCloseTo(0.4, 12);
  // 0.4·(1 + cos(39π/40))
  expect(last).toBeCloseTo(0.0012332, 6);
});

test('cosine starts its fall where the warm-up ends', () => {
  const [peak, middle] = at({ schedule: 'cosine', warmupEpochs: 2 }, 8, 24) as [number, number];
  expect(peak).toBeCloseTo(0.8, 12);
  expect(middle).toBeCloseTo(0.4, 12);
});
