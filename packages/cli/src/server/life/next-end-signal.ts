import { EXIT } from '../../exit-codes.ts';

const EXIT_CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/** What asks a server to end. */
export type EndSignal = keyof typeof EXIT_CODES;

const SIGNALS = Object.keys(EXIT_CODES) as EndSignal[];

/**
 * Waits for the first signal that asks the process to end; the next one ends it at once. That is done here and not left
 * to the system, which does not end the first process of a container over a signal that nobody listens to.
 */
export const nextEndSignal = (): Promise<EndSignal> =>
  new Promise((resolve) => {
    let isFirst = true;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (!isFirst) process.exit(EXIT_CODES[signal]);
        isFirst = false;
        resolve(signal);
      });
    }
  });
