import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MeasureParams, TrainingSpeed } from './measure-training.ts';

/** One measurement, or why there is none. */
export type BenchResult =
  | { readonly speed: TrainingSpeed; readonly reason?: undefined }
  | { readonly speed?: undefined; readonly reason: string };

const PROCESS = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './measure-process.ts' : './measure-process.js', import.meta.url),
);

/** Measures one backend with one architecture in a process of its own, so that backends do not disturb each other. */
export const benchBackend = async (params: MeasureParams): Promise<BenchResult> => {
  const child = fork(PROCESS, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const answer = once(child, 'message') as Promise<[BenchResult]>;
  const end = once(child, 'exit') as Promise<[number | null, string | null]>;
  child.send(params);
  const first = await Promise.race([answer, end]);
  const [result, signal] = first;
  if (typeof result === 'object' && result !== null) {
    await end;
    return result;
  }
  return { reason: `its process died (${signal ?? `exit code ${result}`})` };
};
