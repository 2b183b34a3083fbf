import type { BodyMemory } from './body/body-memory.ts';
import type { Service } from './life/service.ts';
import type { ServerMetrics } from './metrics/server-metrics.ts';
import type { WorkQueue } from './queue/work-queue.ts';
import type { ServerOptions } from './server-options.ts';

/** What the parts of one server share. */
export interface ServerContext {
  readonly options: ServerOptions;
  readonly service: Service;
  readonly queue: WorkQueue;
  readonly bodyMemory: BodyMemory;
  readonly metrics: ServerMetrics;
}
