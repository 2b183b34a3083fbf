import { createRandom } from '@mien/contract';
import { drawValue, formatDomain, isLogarithmic, parseDomain, roundValue, type Domain } from './domain.ts';

const draws = (domain: Domain, count: number): number[] => {
  const random = createRandom(3);
  return Array.from({ length: count }, () => drawValue(domain, random));
};

describe('parseDomain', () => {
  test.each<[string, Domain]>([
    ['0.1', [0.1]],
    ['1e-4,5e-4,1e-3', [1e-4, 5e-4, 1e-3]],
    ['0..0.5', [{ from: 0, to: 0.5, scale: 'linear' }]],
    ['-1..1:linear', [{ from: -1, to: 1, scale: 'linear' }]],
    ['0.01..0.3:log', [{ from: 0.01, to: 0.3, scale: 'log' }]],
    ['0,1e-5..1e-2:log', [0, { from: 1e-5, to: 1e-2, scale: 'log' }]],
    ['1, 2', [1, 2]],
  ])('reads %s', (text, domain) => {
    expect(parseDomain(text)).toEqual(domain);
  });

  test.each([
    '',
    'a',
    '1,',
    '1..',
    '..1',
    '2..1',
    '1..1',
    '0..1:log',
    '-1..1:log',
    '1..2:cubic',
    '1..2..3',
    '1..2:log:log',
    'Infinity',
    '0..Infinity',
  ])('does not read %p', (text) => {
    expect(parseDomain(text)).toBeUndefined();
  });

  test('reads what formatDomain writes, whatever the domain', () => {
    const random = createRandom(1);
    for (let round = 0; round < 200; round++) {
      const domain: Domain = Array.from({ length: 1 + random.integer(4) }, () => {
        const from = random.uniform(1e-9, 2);
        const scale = random.chance(0.5) ? 'log' : 'linear';
        return random.chance(0.5) ? random.normal() : { from, to: from + random.uniform(1e-6, 100), scale };
      });
      expect(parseDomain(formatDomain(domain))).toEqual(domain);
    }
  });
});

describe('drawValue', () => {
  test('stays within the ends, with three digits', () => {
    for (const value of draws([{ from: 0.0123456, to: 0.3, scale: 'log' }], 2000)) {
      expect(value).toBeGreaterThanOrEqual(0.0123456);
      expect(value).toBeLessThanOrEqual(0.3);
      expect(value === 0.0123456 || roundValue(value) === value).toBe(true);
    }
  });

  test.each<[string, Domain, (value: number) => number]>([
    ['linear', [{ from: 2, to: 10, scale: 'linear' }], (value) => (value - 2) / 8],
    ['log', [{ from: 1e-4, to: 1, scale: 'log' }], (value) => 1 + Math.log10(value) / 4],
  ])('covers a %s range evenly on its scale (Kolmogorov–Smirnov)', (_, domain, position) => {
    const positions = draws(domain, 4000)
      .map((value) => position(value))
      .toSorted((a, b) => a - b);
    const distance = Math.max(...positions.map((value, index) => Math.abs(value - (index + 0.5) / 4000)));
    // The 99.9 % point of the statistic is 1.95 / √n; rounding to three digits adds a little.
    expect(distance).toBeLessThan(1.95 / Math.sqrt(4000) + 0.005);
  });

  test('takes single numbers equally often, and a range beside them four times as often', () => {
    const counts = new Map<number, number>();
    for (const value of draws([1, 2, 4, 8], 4000)) counts.set(value, (counts.get(value) ?? 0) + 1);
    expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([1, 2, 4, 8]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
    const zeros = draws([0, { from: 1, to: 2, scale: 'log' }], 4000).filter((value) => value === 0);
    expect(Math.abs(zeros.length - 800)).toBeLessThan(120);
  });
});

test('a domain with a logarithmic range is logarithmic', () => {
  expect(isLogarithmic([0, { from: 1, to: 2, scale: 'log' }])).toBe(true);
  expect(isLogarithmic([0, { from: 1, to: 2, scale: 'linear' }])).toBe(false);
});
