import { loadTable, memoryWords } from './load-report.ts';
import type { LoadMeasurement } from './measure-load.ts';

const measurement: LoadMeasurement = {
  workers: 2,
  clients: 6,
  requests: 1010,
  imagesPerSecond: 123.44,
  latencyMs: { p50: 12.4, p99: 56.6 },
  errors: new Map(),
  eventLoopDelayMs: { p99: 1.25, max: 3.5 },
  memoryMiB: [100, 200, 300],
};

test('a table has a row for each measurement, its columns under their names', () => {
  const lines = loadTable([
    measurement,
    {
      ...measurement,
      errors: new Map([
        ['429', 7],
        ['failed', 1],
      ]),
    },
  ]).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]?.trim().split(/ {2,}/u)).toEqual([
    '2',
    '6',
    '123.4',
    '12 ms',
    '57 ms',
    '0',
    '1.3 ms',
    '3.5 ms',
    '200 MiB',
  ]);
  expect(lines[2]).toContain('7 × 429, 1 × failed');
  expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
});

test('memory that grows to the end is told as such, memory that settled is not', () => {
  const ramp = Array.from({ length: 30 }, (_, index) => 100 + index);
  expect(memoryWords({ ...measurement, memoryMiB: ramp })).toMatch(/middle one: \+10\.0 MiB$/u);
  const settled = [50, ...Array.from({ length: 29 }, () => 120)];
  expect(memoryWords({ ...measurement, memoryMiB: settled })).toMatch(/middle one: \+0\.0 MiB$/u);
});
