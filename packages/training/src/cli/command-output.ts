import type { Command, OutputConfiguration } from 'commander';
import { ConsoleProgress } from './console-progress.ts';

/** Where a command speaks: results to stdout, and how it goes beside them. */
export interface CommandOutput {
  readonly writeOut: (text: string) => void;
  readonly progress: ConsoleProgress;
}

/**
 * The outputs of a command, as `configureOutput` sets them.
 *
 * @param stream gets the progress: `stderr` where stdout is for results that may be piped on.
 */
export const commandOutput = (command: Command, stream: 'stdout' | 'stderr' = 'stderr'): CommandOutput => {
  const { writeOut, writeErr } = command.configureOutput() as Required<OutputConfiguration>;
  const { isTTY, columns } = process[stream];
  const write = stream === 'stdout' ? writeOut : writeErr;
  return { writeOut, progress: new ConsoleProgress({ write, isTTY, columns }) };
};
