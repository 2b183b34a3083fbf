import type { InferenceSession } from 'onnxruntime-node';
import type { Arrays } from '../verify/number-array.ts';
import { openSession, type OnnxSource } from '../verify/open-session.ts';
import { toFeeds } from '../verify/run-graph.ts';

const WARM_UPS = 5;
const RUNS = 40;

/**
 * Times graphs on onnxruntime's CPU provider, one thread, in turns, so that what else the machine does meets all alike.
 *
 * @param inputs what each takes, by name.
 * @returns the fastest run of each in milliseconds, in the same order.
 */
export const measureLatency = async (models: readonly OnnxSource[], inputs: Arrays): Promise<number[]> => {
  const feeds = toFeeds(inputs);
  const sessions: InferenceSession[] = [];
  const fastest = models.map(() => Infinity);
  try {
    for (const model of models) sessions.push(await openSession(model, { intraOpNumThreads: 1 }));
    for (let run = 0; run < WARM_UPS + RUNS; run++) {
      for (const [index, session] of sessions.entries()) {
        const started = performance.now();
        await session.run(feeds);
        const elapsed = performance.now() - started;
        if (run >= WARM_UPS) fastest[index] = Math.min(fastest[index] as number, elapsed);
      }
    }
  } finally {
    for (const session of sessions) await session.release();
  }
  return fastest;
};
