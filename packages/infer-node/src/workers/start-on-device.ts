import { GoldenMismatchError } from '@mien/contract';
import { autoProviders } from '../session/auto-providers.ts';
import { DeviceUnavailableError, type Device, type DeviceInUse, type Provider } from '../session/device.ts';
import type { WorkerSetup } from './jobs.ts';
import { startWorkerPool, type WorkerPool } from './worker-pool.ts';

/** Threads, and where they run the graphs. */
export interface PoolOnDevice {
  readonly pool: WorkerPool;
  readonly device: DeviceInUse;
}

interface StartParams {
  readonly setup: Omit<WorkerSetup, 'device' | 'timed'>;
  readonly device: Device;
  readonly workers: number;
}

/** Graphics drivers are ready in a few seconds, compilation of their programs included; what takes longer is none. */
const START_MS = 15_000;

/** Threads on a provider that was tried. */
interface Attempt {
  readonly provider: Provider;
  readonly pool: WorkerPool;
}

const describe = (requested: Device, { provider, pool }: Attempt, tried: readonly string[]): DeviceInUse => {
  const own = pool.reports.map(({ note }) => note).filter((note) => note !== undefined);
  const notes = [...new Set(own), ...tried];
  return { requested, provider, ...(notes.length === 0 ? {} : { note: notes.join('; ') }) };
};

const whyNot = (error: unknown): string => {
  if (error instanceof DeviceUnavailableError) return error.reason;
  if (error instanceof GoldenMismatchError) return 'its outputs fail the self-test';
  throw error;
};

/** The first graphics provider that runs the graphs right; notes why those before it do not. */
const tryGraphics = async (
  { setup, workers }: StartParams,
  tried: string[],
): Promise<Attempt | undefined> => {
  for (const provider of autoProviders(process).filter((one) => one !== 'cpu')) {
    try {
      if (provider === 'webgpu' && workers > 1)
        throw new DeviceUnavailableError(provider, 'it takes 1 worker');
      const pool = await startWorkerPool({
        setup: { ...setup, device: provider, timed: true },
        workers,
        withinMs: START_MS,
      });
      return { provider, pool };
    } catch (error) {
      tried.push(`${provider}: ${whyNot(error)}`);
    }
  }
  return undefined;
};

/** Threads on the processor, timed where there are others to compare them with. */
const startOnProcessor = async (
  { setup, workers }: StartParams,
  graphics: Attempt | undefined,
): Promise<Attempt> => {
  try {
    const timed = graphics !== undefined;
    return {
      provider: 'cpu',
      pool: await startWorkerPool({ setup: { ...setup, device: 'cpu', timed }, workers }),
    };
  } catch (error) {
    await graphics?.pool.close();
    throw error;
  }
};

const runMs = ({ pool }: Attempt): number => Math.max(...pool.reports.map((report) => report.runMs ?? 0));

/**
 * Takes the first graphics provider that works unless the processor is faster: drivers that compute on the processor
 * and call it a graphics card are common on servers.
 */
const startOnBest = async (params: StartParams): Promise<PoolOnDevice> => {
  const tried: string[] = [];
  const graphics = await tryGraphics(params, tried);
  const processor = await startOnProcessor(params, graphics);
  if (graphics === undefined) return { pool: processor.pool, device: describe('auto', processor, tried) };
  const [graphicsMs, processorMs] = [runMs(graphics), runMs(processor)];
  const [best, other] = graphicsMs <= processorMs ? [graphics, processor] : [processor, graphics];
  await other.pool.close();
  if (best === processor)
    tried.push(
      `${graphics.provider}: slower (${graphicsMs.toFixed(0)} ms against ${processorMs.toFixed(0)} ms)`,
    );
  return { pool: best.pool, device: describe('auto', best, tried) };
};

/**
 * Starts threads on the device that was asked for; with `auto`, on the best that works.
 *
 * @throws {DeviceUnavailableError} when a device that was named cannot be used.
 * @throws what {@link startWorkerPool} throws.
 */
export const startOnDevice = async (params: StartParams): Promise<PoolOnDevice> => {
  const { device, setup, workers } = params;
  if (device === 'auto') return startOnBest(params);
  const pool = await startWorkerPool({ setup: { ...setup, device }, workers });
  return { pool, device: describe(device, { provider: device, pool }, []) };
};
