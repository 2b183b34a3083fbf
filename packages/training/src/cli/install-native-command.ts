import { Command } from 'commander';
import { installNative, nativeTensorflowVersion } from '../backend/install-native.ts';

interface Given {
  readonly force?: true;
  readonly verbose?: true;
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const run = async ({ force, verbose }: Given): Promise<void> => {
  const present = force === true ? undefined : await nativeTensorflowVersion();
  if (present !== undefined) {
    say(`Native TensorFlow ${present} is installed and works. To install it again: --force`);
    return;
  }
  say('Fetching native TensorFlow (some 400 MB on disk) …');
  const version = await installNative({ onLine: say, isVerbose: verbose === true });
  say(`Native TensorFlow ${version} works; --backend auto takes it from now on.`);
};

/** The command that installs native TensorFlow, which `npm ci` leaves out. */
export const installNativeCommand = (): Command =>
  new Command('install-native')
    .description(
      "Fetches the native TensorFlow library with tfjs-node's own installer, and checks that it works.",
    )
    .option('--force', 'even where it works already')
    .option('--verbose', 'everything the installer prints, and stack traces with errors')
    .action(run);
