type ConsoleMethod = 'log' | 'info' | 'warn' | 'error';

const METHODS: readonly ConsoleMethod[] = ['log', 'info', 'warn', 'error'];

/** Keeps everything off the console while `task` runs: TensorFlow.js prints what it also throws. */
export const withQuietConsole = async <T>(task: () => Promise<T>): Promise<T> => {
  const originals = METHODS.map((method) => console[method]);
  for (const method of METHODS) console[method] = () => undefined;
  try {
    return await task();
  } finally {
    for (const [index, method] of METHODS.entries()) console[method] = originals[index] as typeof console.log;
  }
};

/**
 * Takes away the process listeners that `task` adds. Emscripten's loader rethrows every uncaught exception from its
 * own minified source, which would be printed in front of any error of ours.
 */
export const withoutNewListeners = async <T>(
  events: readonly ('uncaughtException' | 'unhandledRejection')[],
  task: () => Promise<T>,
): Promise<T> => {
  const before = events.map((event) => new Set<unknown>(process.listeners(event as 'uncaughtException')));
  try {
    return await task();
  } finally {
    for (const [index, event] of events.entries()) {
      for (const listener of process.listeners(event as 'uncaughtException')) {
        if (!before[index]?.has(listener)) process.removeListener(event, listener);
      }
    }
  }
};
