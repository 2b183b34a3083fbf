import { drawnFace } from '../running-server.test-support.ts';
import { measureLoad, quantile } from './measure-load.ts';

test('a load is measured from both sides', async () => {
  const measured = await measureLoad({
    workers: 1,
    clients: 2,
    images: [drawnFace()],
    until: { requests: 9 },
    serveArgs: ['--device', 'cpu'],
    warmUp: 2,
  });
  expect(measured).toMatchObject({ workers: 1, clients: 2, requests: 9 });
  expect(measured.errors).toEqual(new Map());
  expect(measured.imagesPerSecond).toBeGreaterThan(0);
  expect(measured.latencyMs.p99).toBeGreaterThanOrEqual(measured.latencyMs.p50);
  for (const memory of measured.memoryMiB) expect(memory).toBeGreaterThan(20);
});

test('what is refused is counted and not timed', async () => {
  const measured = await measureLoad({
    workers: 1,
    clients: 1,
    images: [Buffer.from('no image'), drawnFace()],
    until: { requests: 4 },
    serveArgs: ['--device', 'cpu'],
    warmUp: 0,
  });
  expect(measured.requests).toBe(4);
  expect(measured.errors).toEqual(new Map([['422', 2]]));
});

test.each([
  [0.5, 3],
  [0.99, 5],
  [0, 1],
])('the quantile %d of five values is the right one of them', (share, expected) => {
  expect(quantile([1, 2, 3, 4, 5], share)).toBe(expected);
});
