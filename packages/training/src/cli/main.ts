import { Command } from 'commander';
import { runCli } from './run-cli.ts';

/** Each command loads on its own: `fit` on a model that is up to date answers without loading TensorFlow.js. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  fit: async () => (await import('./fit-command.ts')).fitCommand(),
  evaluate: async () => (await import('./evaluate-command.ts')).evaluateCommand(),
  robustness: async () => (await import('./robustness-command.ts')).robustnessCommand(),
  inspect: async () => (await import('./inspect-command.ts')).inspectCommand(),
  tune: async () => (await import('./tune-command.ts')).tuneCommand(),
  bench: async () => (await import('./bench-command.ts')).benchCommand(),
  reproduce: async () => (await import('./reproduce-command.ts')).reproduceCommand(),
  'install-native': async () => (await import('./install-native-command.ts')).installNativeCommand(),
};

await runCli(async () => {
  const wanted = commands[process.argv[2] ?? ''];
  const program = new Command('training').description('Train and score facial-expression models.');
  const loaders = wanted === undefined ? Object.values(commands) : [wanted];
  for (const load of loaders) program.addCommand(await load());
  await program.parseAsync();
});
