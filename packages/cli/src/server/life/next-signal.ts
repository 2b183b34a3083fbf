/** Waits for the first of these signals; the next one does again what it does without anyone who listens. */
export const nextSignal = (signals: readonly NodeJS.Signals[]): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    const take = (signal: NodeJS.Signals): void => {
      for (const one of signals) process.off(one, take);
      resolve(signal);
    };
    for (const one of signals) process.on(one, take);
  });
