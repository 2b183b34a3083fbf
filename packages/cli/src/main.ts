#!/usr/bin/env node
import { CommanderError } from 'commander';
import { createProgram } from './create-program.ts';
import { EXIT } from './exit-codes.ts';

// Nx runs commands from the workspace's root; INIT_CWD is the folder that the person is in.
const underNx = process.env['NX_WORKSPACE_ROOT'] !== undefined;
const cwd = (underNx ? process.env['INIT_CWD'] : undefined) ?? process.cwd();

const program = createProgram({
  cwd,
  allowsColour: (process.env['NO_COLOR'] ?? '') === '',
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}
