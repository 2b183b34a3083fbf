import { describeError } from '@mien/contract';

/** Runs one of this package's commands: an error ends it with one line (`--verbose`: with its stack) and exit code 1. */
export const runCommand = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${describeError(error, { verbose: process.argv.includes('--verbose') })}\n`);
    process.exitCode = 1;
  }
};
