import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** How a process ended: with an exit code or by a signal. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server in a process of its own, so that what is measured is the server and not whoever measures it. */
export interface ServedProcess extends AsyncDisposable {
  readonly url: string;
  /** Its metrics now, by name and labels as Prometheus writes them. */
  metrics(): Promise<ReadonlyMap<string, number>>;
  /** True while the process that was started runs. */
  isRunning(): boolean;
  /** What it has printed so far, its log among it. */
  log(): string;
  /** Sends it a signal. */
  signal(signal: NodeJS.Signals): void;
  /** How it ended, once it has. */
  readonly end: Promise<ProcessEnd>;
}

const PROGRAM = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../main.ts' : '../../main.js', import.meta.url),
);

/** What a process prints, and where it says that it listens. */
class Printed {
  #text = '';
  #onText: () => void = () => undefined;

  constructor(...streams: readonly Readable[]) {
    for (const stream of streams) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#text += text;
        this.#onText();
      });
    }
  }

  get text(): string {
    return this.#text;
  }

  /** The address, as soon as it is printed. */
  url(): Promise<string> {
    return new Promise((resolve) => {
      this.#onText = () => {
        const url = /^Listening on (http:\S+),/mu.exec(this.#text)?.[1];
        if (url !== undefined) resolve(url);
      };
    });
  }
}

const READY_EVERY_MS = 100;

const untilReady = async (url: string, isRunning: () => boolean): Promise<void> => {
  while (isRunning()) {
    const response = await fetch(`${url}/v2/health/ready`).catch(() => undefined);
    if (response?.ok === true) return;
    await wait(READY_EVERY_MS);
  }
};

const readMetrics = async (url: string): Promise<Map<string, number>> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
};

/**
 * Starts `mien serve` on a free port with these arguments, and waits until it is ready.
 *
 * @throws with what it printed, when it ends before it is.
 */
export const startServed = async (args: readonly string[]): Promise<ServedProcess> => {
  const flags = ['serve', '--port', '0', '--log-level', 'warn', ...args];
  const child = spawn(process.execPath, [...process.execArgv, PROGRAM, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = new Printed(child.stdout, child.stderr);
  const end = new Promise<ProcessEnd>((resolve) => {
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const endedEarly = end.then(() => {
    throw new Error(`The server ended before it was ready:\n${printed.text}`);
  });
  // Looked at only where it matters: a server that is ended later has not ended early.
  endedEarly.catch(() => undefined);
  const url = await Promise.race([printed.url(), endedEarly]);
  await untilReady(url, isRunning);
  if (!isRunning()) await endedEarly;
  return {
    url,
    metrics: () => readMetrics(url),
    isRunning,
    log: () => printed.text,
    signal: (signal) => void child.kill(signal),
    end,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await end;
    },
  };
};
