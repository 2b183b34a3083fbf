import { describeError } from '@mien/contract';
import type { Command } from 'commander';
import { isLoopback } from './http/is-loopback.ts';
import { nextSignal } from './life/next-signal.ts';
import { toServerOptions, type ServeFlags } from './serve-flags.ts';
import { serveOptions } from './serve-options.ts';
import { startServer } from './start-server.ts';

const EXIT = { ok: 0, failed: 1 } as const;

const EXAMPLES = `
Every option can come from the environment: --max-body as MIEN_MAX_BODY.

Examples:
  mien serve
  curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg' http://127.0.0.1:8080/v1/recognize
  mien serve --host 0.0.0.0 --api-key-file keys.txt --workers 4

The documentation is at http://127.0.0.1:8080/docs once it runs. SIGTERM or Ctrl-C ends it after the requests in
flight; a second one at once.`;

const warnOf = (
  { host, apiKeys }: { readonly host: string; readonly apiKeys: readonly string[] },
  printError: (text: string) => void,
): void => {
  if (apiKeys.length === 0 && !isLoopback(host))
    printError(`Anyone who reaches ${host} can use this server: there is no --api-key-file.\n`);
};

const serve = async (flags: ServeFlags, printError: (text: string) => void): Promise<number> => {
  const options = toServerOptions(flags, process.env);
  warnOf(options, printError);
  const signal = nextSignal(['SIGTERM', 'SIGINT']);
  const server = await startServer(options);
  printError(`Listening on ${server.url}, loading the models …\n`);
  const failure = await Promise.race([
    signal.then(() => undefined),
    server.ready.then(
      () => signal.then(() => undefined),
      (error: unknown) => error,
    ),
  ]);
  // From here on a signal does what signals do: it ends the process at once.
  await server.close();
  if (failure === undefined) return EXIT.ok;
  printError(`${describeError(failure)}\n`);
  return EXIT.failed;
};

/** Adds `serve` to the command line `mien`: it serves until a signal ends it, and sets the process's exit code. */
export const addServeCommand = (program: Command): void => {
  const command = program
    .command('serve')
    .description('Serve recognition over HTTP and WebSockets.')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ServeFlags) => {
      const printError = (text: string): void => void process.stderr.write(text);
      try {
        process.exitCode = await serve(flags, printError);
      } catch (error) {
        printError(`${describeError(error)}\n`);
        process.exitCode = EXIT.failed;
      }
    });
  for (const option of serveOptions()) command.addOption(option);
};
