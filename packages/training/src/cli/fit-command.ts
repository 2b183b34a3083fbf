import { Command } from 'commander';
import { InterruptedError } from '../fit/interrupted-error.ts';
import { outputFolder } from '../fit/output-folder.ts';
import { planRun } from '../fit/plan-run.ts';
import { ConsoleProgress } from './console-progress.ts';
import { currentFingerprint } from './current-fingerprint.ts';
import { describeResult } from './describe-result.ts';
import { addFitFlags } from './add-fit-flags.ts';
import { modeOf, optionsOf, type FitFlags } from './fit-flags.ts';
import { resumeCommand } from './resume-command.ts';
import { stopOnSignals } from './stop-on-signals.ts';

const run = async (given: FitFlags): Promise<void> => {
  const options = optionsOf(given);
  const { cacheDir, out, backend, workers, acceptNewCode } = given;
  const mode = modeOf(given);
  const folder = outputFolder({ ...options, out });
  const plan = await planRun({
    folder,
    options,
    mode,
    // The built-in faces follow from the code and the seed, which are compared already.
    fingerprint: async (record) =>
      options.data === undefined ? record.data : currentFingerprint(folder, options, cacheDir),
  });
  if (plan === 'up-to-date') {
    process.stdout.write(`${folder} is up to date: same options, data and code. --fresh trains it again.\n`);
    return;
  }
  const progress = new ConsoleProgress(process.stdout);
  const { signal, observer } = stopOnSignals(progress);
  const { fit } = await import('../fit/fit.ts');
  try {
    const result = await fit({
      options,
      out,
      mode,
      acceptsNewCode: acceptNewCode,
      backend,
      workers,
      cacheDir,
      signal,
      observer,
    });
    for (const line of describeResult(result)) progress.line(line);
  } catch (error) {
    if (error instanceof InterruptedError) {
      const { epoch, step, stepsPerEpoch } = error;
      const command = resumeCommand(process.argv.slice(3));
      throw new InterruptedError(epoch, step, stepsPerEpoch, `Go on with: ${command}`);
    }
    throw error;
  }
};

const EXAMPLES = `
Examples:
  $ npx nx run training:fit
  $ npx nx run training:fit -- --data ~/faces --arch residual --epochs 60
  $ npx nx run training:fit -- --data ~/fer2013 --votes ~/fer2013new.csv --protocol strict --arch residual
`;

/** The command that trains a model. */
export const fitCommand = (): Command =>
  addFitFlags(new Command('fit'))
    .description('Trains a model and writes it, its card and a report into a folder of its own.')
    .addHelpText('after', EXAMPLES)
    .action(run);
