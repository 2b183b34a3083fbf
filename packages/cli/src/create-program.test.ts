import { CommanderError } from 'commander';
import { createProgram } from './create-program.ts';
import { keptTerminal } from './terminal/terminal.test-support.ts';

const refuse = async (args: readonly string[]): Promise<string> => {
  const terminal = keptTerminal();
  await expect(createProgram(terminal).parseAsync(args, { from: 'user' })).rejects.toThrow(CommanderError);
  expect(terminal.stdout.text).toBe('');
  return terminal.stderr.text;
};

test.each([
  ['no input', [], 'name at least one picture'],
  ['an unknown device', ['--device', 'gpu', 'a.jpg'], 'Allowed choices are'],
  ['a rate that is none', ['--fps', '0', 'a.jpg'], 'above 0'],
  ['a share above 1', ['--unsure-below', '1.5', 'a.jpg'], 'from 0 to 1'],
  ['a count that is none', ['--max-faces', '2.5', 'a.jpg'], 'whole number from 1'],
  ['a time that is none', ['--smoothing', '-1', 'a.jpg'], 'milliseconds from 0'],
  ['tiles that are none', ['--tiles', 'many', 'a.jpg'], 'auto, none'],
  ['two formats', ['--json', '--csv', 'a.jpg'], 'cannot be used with'],
  ['an unknown layout', ['--crop-layout', 'deep', 'a.jpg'], 'by-label, flat'],
])('a command line with %s is refused', async (_, args, words) => {
  const said = await refuse(args);
  expect(said).toContain(words);
  expect(said).toContain('--help');
  expect(await refuse(['recognize', ...args])).toContain(words);
});
