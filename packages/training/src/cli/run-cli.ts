import { describeError } from '@mien/contract';
import { InterruptedError } from '../fit/interrupted-error.ts';
import { SearchInterruptedError } from '../tune/search-interrupted-error.ts';

/** The exit code that a shell expects of a program that was stopped by Ctrl-C. */
export const EXIT_INTERRUPTED = 130;

/**
 * Runs a command line to its end and turns what it throws into one line on stderr and an exit code: 1, or 130 where
 * somebody stopped it. `--verbose` among the arguments shows stack traces.
 */
export const runCli = async (
  main: () => Promise<unknown>,
  args: readonly string[] = process.argv,
): Promise<void> => {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${describeError(error, { verbose: args.includes('--verbose') })}\n`);
    const isStopped = error instanceof InterruptedError || error instanceof SearchInterruptedError;
    process.exitCode = isStopped ? EXIT_INTERRUPTED : 1;
  }
};
