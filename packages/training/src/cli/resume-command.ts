/** Writes an argument so that a shell takes it as one word. */
const quote = (argument: string): string =>
  /^[\w@%+=:,./-]+$/u.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;

/**
 * A command of this package, ready to be pasted into a shell.
 *
 * @param target its name in Nx, e.g. `fit`.
 */
export const shellCommand = (target: string, args: readonly string[]): string =>
  [`npx nx run training:${target} --`, ...args.map((argument) => quote(argument))].join(' ');

/**
 * The command that goes on with a run, ready to be pasted into a shell.
 *
 * @param args the arguments that the run was started with, after the command's name.
 */
export const resumeCommand = (args: readonly string[]): string => {
  const kept = args.filter((argument) => !['--fresh', '--resume', '--accept-new-code'].includes(argument));
  return shellCommand('fit', [...kept, '--resume']);
};
