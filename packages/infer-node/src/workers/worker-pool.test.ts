import { tinyCard, tinyGraph } from '../tiny-classifier.test-support.ts';
import { DeviceUnavailableError } from '../session/device.ts';
import type { WorkerSetup } from './jobs.ts';
import { WorkerCrashedError } from './worker-crashed-error.ts';
import { startWorkerPool, type JobRequest } from './worker-pool.ts';

const setup: WorkerSetup = {
  expression: { model: tinyGraph(), card: tinyCard() },
  device: 'cpu',
  threads: 1,
  maxBytes: 1000,
  maxPixels: 1000,
};

const named = (name: string): JobRequest<'classify'> => ({
  job: 'classify',
  prepare: () => Promise.resolve({ name, task: { image: { name, path: name } }, transfer: [] }),
});

describe('startWorkerPool', () => {
  test('replaces a thread that ends in the middle of a picture, and says which picture it was', async () => {
    const pool = await startWorkerPool({
      setup,
      workers: 1,
      file: new URL('./crashing-worker.test-support.ts', import.meta.url),
    });
    try {
      const failure: unknown = await pool.run(named('crash')).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(WorkerCrashedError);
      expect(failure).toMatchObject({ name: 'WorkerCrashedError', task: 'crash' });
      expect((failure as WorkerCrashedError).cause).toMatchObject({ message: 'worker exited with code: 3' });
      expect(pool.pending).toBe(0);
      const reading = await pool.run(named('another'));
      expect(reading.label).toBe('fine');
    } finally {
      await pool.close();
    }
  });

  test('loads the model in every thread', async () => {
    const pool = await startWorkerPool({ setup, workers: 2 });
    await pool.close();
    expect(pool.reports).toHaveLength(2);
    for (const { selfTestDifference } of pool.reports) expect(selfTestDifference).toBeGreaterThan(0);
  });

  test('gives up on a device that is not ready in time', async () => {
    const starting = startWorkerPool({
      setup: { ...setup, device: 'webgpu' },
      workers: 1,
      file: new URL('./endless-worker.test-support.ts', import.meta.url),
      withinMs: 50,
    });
    const failure: unknown = await starting.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeviceUnavailableError);
    expect((failure as Error).message).toContain('"webgpu" cannot be used: it was not ready within 0.05 s');
  });
});
