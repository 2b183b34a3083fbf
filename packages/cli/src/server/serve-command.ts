import { describeError } from '@mien/contract';
import type { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { isLoopback } from './http/is-loopback.ts';
import { nextEndSignal } from './life/next-end-signal.ts';
import { toServerOptions, type ServeFlags } from './serve-flags.ts';
import { serveOptions } from './serve-options.ts';
import type { ServerOptions } from './server-options.ts';
import { startServer } from './start-server.ts';

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

const serve = async (options: ServerOptions, printError: (text: string) => void): Promise<number> => {
  warnOf(options, printError);
  const signal = nextEndSignal();
  const server = await startServer(options);
  printError(`Listening on ${server.url}, loading the models …\n`);
  const failure = await Promise.race([
    signal.then(() => undefined),
    server.ready.then(
      () => signal.then(() => undefined),
      (error: unknown) => error,
    ),
  ]);
  await server.close();
  if (failure === undefined) return EXIT.ok;
  printError(`${describeError(failure)}\n`);
  return EXIT.failed;
};

/** Adds `serve` to the command line `mien`: it serves until a signal ends it, and sets the process's exit code. */
export const addServeCommand = (
  program: Command,
  { cwd, stderr }: Pick<Terminal, 'cwd' | 'stderr'>,
): void => {
  const command = program
    .command('serve')
    .description('Serves recognition over HTTP and WebSockets.')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ServeFlags) => {
      const printError = (text: string): void => void stderr.write(text);
      try {
        process.exitCode = await serve(toServerOptions(flags, { cwd, env: process.env }), printError);
      } catch (error) {
        printError(`${describeError(error)}\n`);
        process.exitCode = EXIT.failed;
      }
    });
  for (const option of serveOptions()) command.addOption(option);
};
