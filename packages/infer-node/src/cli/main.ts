import { runClassifyCommand } from './classify-command.ts';

// Nx runs commands from the workspace's root; INIT_CWD is the folder that the person is in.
const underNx = process.env['NX_WORKSPACE_ROOT'] !== undefined;
const cwd = (underNx ? process.env['INIT_CWD'] : undefined) ?? process.cwd();

process.exitCode = await runClassifyCommand(process.argv.slice(2), {
  cwd,
  coloured: process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '',
  print: (text) => process.stdout.write(text),
  printError: (text) => process.stderr.write(text),
});
