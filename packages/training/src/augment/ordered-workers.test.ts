import { OrderedWorkers, StreamClosedError, WorkerFailedError } from './ordered-workers.ts';

/** A worker's module, written out here. */
const moduleOf = (body: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from 'node:worker_threads'; ${body}`)}`,
  );

const ECHO = moduleOf(`parentPort.on('message', (task) => {
  Atomics.add(workerData, 0, 1);
  let waste = 0; // Every third task takes longer, so that results come out of order.
  for (let i = 0; i < (task % 3 === 0 ? 3e6 : 0); i++) waste += Math.sqrt(i);
  parentPort.postMessage({ task, result: task * 10 });
});`);

const start = (url: URL, options: { workers?: number; ahead?: number } = {}) => {
  const started = new Int32Array(new SharedArrayBuffer(4));
  const { workers = 2, ahead = 4 } = options;
  const pool = new OrderedWorkers<number>({ url, workerData: started, workers, firstTask: 7, ahead });
  return { pool, started };
};

describe('OrderedWorkers', () => {
  test('hands results out in order, never further ahead than allowed', async () => {
    const { pool, started } = start(ECHO, { workers: 3, ahead: 5 });
    for (let task = 7; task < 60; task++) {
      expect(await pool.next()).toBe(task * 10);
      expect(Atomics.load(started, 0)).toBeLessThanOrEqual(task - 7 + 1 + 5);
    }
    await pool.close();
  });

  test('serves several that wait at once, in the order of their calls', async () => {
    const { pool } = start(ECHO, { ahead: 0 });
    expect(await Promise.all([pool.next(), pool.next(), pool.next()])).toEqual([70, 80, 90]);
    await pool.close();
  });

  test.each([
    [
      'throws',
      `parentPort.on('message', () => { throw new RangeError('no such sample'); });`,
      'no such sample',
    ],
    ['cannot start', `throw new Error('broken module');`, 'broken module'],
    ['exits', `process.exit(3);`, 'exit code 3'],
  ])('says so when a worker %s', async (_, body, reason) => {
    const { pool } = start(moduleOf(body));
    await expect(pool.next()).rejects.toThrow(WorkerFailedError);
    await expect(pool.next()).rejects.toThrow(reason);
    await pool.close();
  });

  test('refuses to go on after it is closed, also those who wait already', async () => {
    const { pool } = start(moduleOf(`parentPort.on('message', () => {});`));
    const [waiting] = await Promise.allSettled([pool.next(), pool.close()]);
    expect(waiting).toMatchObject({ status: 'rejected', reason: expect.any(StreamClosedError) });
    await expect(pool.next()).rejects.toThrow(StreamClosedError);
  });
});
