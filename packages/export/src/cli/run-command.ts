import { describeError } from '@mien/contract';

/** Writes a line for people. */
export const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs a command: an error ends it with one line (or its stack, where asked for) and exit code 1. */
export const runCommand = async (
  run: () => Promise<void>,
  options: { readonly verbose: boolean },
): Promise<void> => {
  try {
    await run();
  } catch (error) {
    process.stderr.write(`${describeError(error, options)}\n`);
    process.exitCode = 1;
  }
};
