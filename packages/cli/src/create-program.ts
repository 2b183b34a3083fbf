import { Command } from 'commander';
import { addClassifyCommand } from './commands/classify-command.ts';
import { addRecognizeCommand } from './commands/recognize-command.ts';
import { addServeCommand } from './server/serve-command.ts';
import type { Terminal } from './terminal/terminal.ts';
import { VERSION } from './version.ts';

/** Puts the command line `mien` together. */
export const createProgram = (terminal: Terminal): Command => {
  const program = new Command('mien')
    .description('Finds the faces in photographs and videos and reads their expressions.')
    .version(VERSION)
    // What follows the name of a command is that command's, even where `mien` itself has an option of the same name.
    .enablePositionalOptions()
    .showHelpAfterError('Run with --help for usage.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    });
  addRecognizeCommand(program, terminal);
  addClassifyCommand(program, terminal);
  addServeCommand(program, terminal);
  return program;
};
