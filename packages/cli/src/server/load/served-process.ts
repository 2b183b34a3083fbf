import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, so that what is measured is the server and not whoever measures it. */
export interface ServedProcess extends AsyncDisposable {
  readonly url: string;
  /** Its metrics now, by name and labels as Prometheus writes them. */
  metrics(): Promise<ReadonlyMap<string, number>>;
  /** True while the process that was started runs. */
  isRunning(): boolean;
  /** What it has logged so far. */
  log(): string;
}

const PROGRAM = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './serve-main.ts' : './serve-main.js', import.meta.url),
);

const listeningUrl = async (child: ChildProcess, log: string[]): Promise<string> => {
  if (child.stderr === null) throw new TypeError('The server has no stderr to read.');
  for await (const line of createInterface({ input: child.stderr })) {
    log.push(line);
    const url = /^Listening on (http:\S+),/u.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`The server ended before it listened:\n${log.join('\n')}`);
};

const untilReady = async (url: string, child: ChildProcess): Promise<void> => {
  while (child.exitCode === null) {
    const { ok } = await fetch(`${url}/v2/health/ready`);
    if (ok) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error('The server ended before it was ready.');
};

const readMetrics = async (url: string): Promise<Map<string, number>> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
};

/** Starts `mien serve` on a free port with these arguments, and waits until it is ready. */
export const startServed = async (args: readonly string[]): Promise<ServedProcess> => {
  const flags = ['serve', '--port', '0', '--log-level', 'warn', ...args];
  const child = spawn(process.execPath, [...process.execArgv, PROGRAM, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => log.push(text));
  const url = await listeningUrl(child, log);
  child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text));
  await untilReady(url, child);
  return {
    url,
    metrics: () => readMetrics(url),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    log: () => log.join('\n'),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};
