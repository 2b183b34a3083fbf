/** How long something took. */
export interface Elapsed {
  readonly milliseconds: number;
  /** Processor time of all threads of this process, which other work on the machine lengthens less. */
  readonly processorMilliseconds: number;
}

/** Starts two clocks; the function that it gives reads them. */
export const startTimer = (): (() => Elapsed) => {
  const started = performance.now();
  const used = process.cpuUsage();
  return () => {
    const milliseconds = performance.now() - started;
    const { user, system } = process.cpuUsage(used);
    return { milliseconds, processorMilliseconds: (user + system) / 1000 };
  };
};
