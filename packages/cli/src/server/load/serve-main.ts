import { Command } from 'commander';
import { addServeCommand } from '../serve-command.ts';

// `mien serve` without the other commands, for programs that start a server of their own.
const program = new Command('mien');
addServeCommand(program);
await program.parseAsync();
