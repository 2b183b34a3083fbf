import { describeError } from '@mien/contract';
import type { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { recognizeInputs } from '../run/recognize-inputs.ts';
import { StopSignals } from '../run/stop-signals.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { recognizeOptions, type RecognizeFlags } from './recognize-flags.ts';

const EXAMPLES = `
Examples:
  mien party.jpg
  mien holiday/ --annotate marked/ --html report.html
  mien "scans/**/*.tif" --csv -o readings.csv
  mien talk.mp4 --fps 5 --html talk.html
  curl -s https://example.org/face.jpg | mien - --json

Inputs are JPEG, PNG, WebP, GIF, AVIF and TIFF pictures, videos that ffmpeg can unpack, folders of them, patterns in
quotes, and - for standard input. Results go to standard output, errors and progress to standard error.

Exit codes: 0 all was read; 1 something could not be read or written, the rest was; 2 the command line is wrong;
3 no face anywhere, with --require-face; 130 stopped by Ctrl-C.`;

/** Gives a command the arguments, options and help of `recognize`, and lets it recognize. */
const makeRecognize = (command: Command, terminal: Terminal): Command => {
  command.argument('[inputs...]', 'pictures, videos, folders, patterns, or -').addHelpText('after', EXAMPLES);
  for (const [heading, options] of recognizeOptions()) {
    for (const option of options) command.addOption(option.helpGroup(heading));
  }
  return command.action(async (inputs: readonly string[], flags: RecognizeFlags) => {
    if (inputs.length === 0)
      command.error('error: name at least one picture, video or folder, or - for stdin');
    const signals = new StopSignals(terminal);
    signals.set();
    try {
      process.exitCode = await recognizeInputs({ args: inputs, flags, terminal, signal: signals.signal });
    } catch (error) {
      process.exitCode = signals.stopped?.exitCode ?? EXIT.failed;
      const said = signals.stopped?.message ?? describeError(error, { verbose: flags.verbose === true });
      if (process.exitCode !== EXIT.brokenPipe) terminal.stderr.write(`${said}\n`);
    } finally {
      signals.release();
    }
  });
};

/** Makes recognizing what `mien` does where no other command is named, and `mien recognize` the same by name. */
export const addRecognizeCommand = (program: Command, terminal: Terminal): void => {
  makeRecognize(program, terminal);
  makeRecognize(
    program.command('recognize').description('The same, for inputs that are called like a command.'),
    terminal,
  );
};
