const quote = (argument: string): string =>
  /^[\w@%+=:,./-]+$/u.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;

/**
 * The command that goes on with a run, ready to be pasted into a shell.
 *
 * @param args the arguments that the run was started with, after the command's name.
 */
export const resumeCommand = (args: readonly string[]): string => {
  const kept = args.filter((argument) => argument !== '--fresh' && argument !== '--resume');
  return ['npx nx run training:fit --', ...kept.map(quote), '--resume'].join(' ');
};
