import { startWorkerPool, WorkerCrashedError } from './worker-pool.ts';
import { tinyCard, tinyGraph } from './tiny-classifier.test-support.ts';

describe('startWorkerPool', () => {
  test('replaces a thread that ends in the middle of a picture, and says which picture it was', async () => {
    const pool = await startWorkerPool({
      session: { model: tinyGraph(), card: tinyCard(), device: 'cpu', threads: 1 },
      workers: 1,
      file: new URL('./crashing-worker.test-support.ts', import.meta.url),
    });
    try {
      const failure: unknown = await pool
        .classify({ name: 'crash', path: 'crash' }, undefined)
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(WorkerCrashedError);
      expect(failure).toMatchObject({ name: 'WorkerCrashedError', image: 'crash' });
      expect((failure as WorkerCrashedError).cause).toMatchObject({ message: 'worker exited with code: 3' });
      expect(pool.pending).toBe(0);
      const reading = await pool.classify({ name: 'another', path: 'another' }, undefined);
      expect(reading.label).toBe('fine');
    } finally {
      await pool.close();
    }
  });

  test('loads the model in every thread', async () => {
    const pool = await startWorkerPool({
      session: { model: tinyGraph(), card: tinyCard(), device: 'cpu', threads: 1 },
      workers: 2,
    });
    await pool.close();
    expect(pool.reports).toHaveLength(2);
    for (const { device, selfTestDifference } of pool.reports) {
      expect(device.provider).toBe('cpu');
      expect(selfTestDifference).toBeGreaterThan(0);
    }
  });
});
