import type { TextStream } from './terminal.ts';

const EVENTS = ['drain', 'error', 'close'] as const;

/** Waits until a stream takes more text, or has ended and never will. */
export const untilDrained = (stream: TextStream): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      for (const event of EVENTS) stream.removeListener(event, done);
      resolve();
    };
    for (const event of EVENTS) stream.once(event, done);
  });
