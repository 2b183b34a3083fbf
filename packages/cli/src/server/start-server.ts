import { MienError } from '@mien/contract';
import { createRecognizer } from '@mien/infer-node';
import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { buildServer, type BuiltServer } from './build-server.ts';
import type { ServerOptions } from './server-options.ts';

/** The address of a server cannot be listened on. */
export class CannotListenError extends MienError {
  override readonly name = 'CannotListenError';
  constructor(
    readonly host: string,
    readonly port: number,
    override readonly cause: unknown,
  ) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'another program listens there' : (cause as Error).message;
    super(`Cannot listen on ${host}, port ${port}: ${why}. Choose another --port or --host.`);
  }
}

/** A server that listens. */
export interface RunningServer extends AsyncDisposable {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /**
   * Settles when the models are loaded and have passed their self-test.
   *
   * @throws what `createRecognizer` throws; nobody can be answered then, so close the server.
   */
  readonly ready: Promise<void>;
  /**
   * Says that it is about to stop, waits as long as it was told so that load balancers notice, takes no more, answers
   * what is in flight, and lets go of everything. Closing twice is fine.
   */
  close(): Promise<void>;
}

const load = async ({ app, context }: BuiltServer): Promise<void> => {
  const { recognizer: settings, limits } = context.options;
  // The queue here forgets whom nobody waits for any more; the recognizer's own counts what its threads still work on.
  const queueLimit = Math.max(limits.queue, 2 * (settings.workers ?? 1));
  const recognizer = await createRecognizer({ ...settings, maxPixels: limits.pixels, queueLimit });
  context.metrics.deviceInUse(recognizer.device, recognizer.card.name);
  context.queue.open(recognizer.concurrency);
  context.service.start(recognizer);
  const { name, labels } = recognizer.card;
  app.log.info({ model: name, labels: labels.length, ...recognizer.device }, 'ready');
};

const endConnections = (app: FastifyInstance): void => {
  for (const client of app.websocketServer.clients) client.terminate();
  app.server.closeAllConnections();
};

const drain = async ({ app, context }: BuiltServer, ready: Promise<void>): Promise<void> => {
  const { service, options } = context;
  service.drain();
  app.log.info({ inFlight: context.queue.running + context.queue.depth }, 'draining');
  await wait(options.times.drainDelayMs);
  const giveUp = setTimeout(() => endConnections(app), options.times.drainMs);
  await app.close();
  clearTimeout(giveUp);
  // A recognizer that is still on its way has to arrive before it can be ended.
  await ready.catch(() => undefined);
  await service.close();
};

/** Where a server listens; an address of IPv6 goes into brackets. */
const urlOf = ({ address, port, family }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;

const listen = async ({ app }: BuiltServer, { host, port }: ServerOptions): Promise<void> => {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw new CannotListenError(host, port, error);
  }
};

/**
 * Starts a server. It listens, and says that it is live, before its models are loaded; `ready` tells when they are.
 *
 * @throws {CannotListenError} when the address cannot be listened on.
 */
export const startServer = async (options: ServerOptions): Promise<RunningServer> => {
  const server = await buildServer(options);
  await listen(server, options);
  const ready = load(server);
  // Whoever awaits it gets the error; nobody else needs to.
  ready.catch(() => undefined);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= drain(server, ready));
  return {
    url: urlOf(server.app.server.address() as AddressInfo),
    ready,
    close,
    [Symbol.asyncDispose]: close,
  };
};
