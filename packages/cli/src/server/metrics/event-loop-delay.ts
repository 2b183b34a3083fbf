import { Gauge, type Registry } from 'prom-client';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const QUANTILES = [0.5, 0.9, 0.99, 1] as const;

/**
 * Measures how late the event loop comes to what is due, since it was last asked for. A timer fires every few
 * milliseconds; what is told is by how much longer than that it took, so that an idle loop gives about nothing.
 */
export const measureEventLoopDelay = (name: string, registry: Registry): void => {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const seconds = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1000);
  void new Gauge({
    name,
    help: 'How late the event loop was since this was last read, by quantile; 1 is the worst.',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      for (const quantile of QUANTILES)
        this.set({ quantile }, delays.count === 0 ? 0 : seconds(delays.percentile(quantile * 100)));
      delays.reset();
    },
  });
};
