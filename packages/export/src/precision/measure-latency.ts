import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { FloatArray } from '../verify/run-onnx.ts';

const WARM_UPS = 5;
const RUNS = 40;

/**
 * Times graphs on onnxruntime's CPU provider, one thread, in turns, so that what else the machine does meets all alike.
 *
 * @param models the files' bytes.
 * @param input what each takes.
 * @returns the fastest run of each in milliseconds, in the same order.
 */
export const measureLatency = async (
  models: readonly Uint8Array[],
  { data, shape }: FloatArray,
): Promise<number[]> => {
  const options = { logSeverityLevel: 3, intraOpNumThreads: 1 } as const;
  const sessions: InferenceSession[] = [];
  const fastest = models.map(() => Infinity);
  try {
    for (const model of models) sessions.push(await InferenceSession.create(model, options));
    for (let run = 0; run < WARM_UPS + RUNS; run++) {
      for (const [index, session] of sessions.entries()) {
        const started = performance.now();
        await session.run({ [session.inputNames[0] as string]: new Tensor('float32', data, shape) });
        const elapsed = performance.now() - started;
        if (run >= WARM_UPS) fastest[index] = Math.min(fastest[index] as number, elapsed);
      }
    }
  } finally {
    for (const session of sessions) await session.release();
  }
  return fastest;
};
