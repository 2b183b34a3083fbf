import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import {
  DEFAULT_LIMITS,
  DEFAULT_TIMES,
  type ServerLimits,
  type ServerOptions,
  type ServerTimes,
} from './server-options.ts';
import { startServer, type RunningServer } from './start-server.ts';

const { resolve } = createRequire(import.meta.url);

/** A photograph of six people, 1920 pixels wide. */
export const photograph = (): Buffer => readFileSync(resolve('@vladmandic/face-api/demo/sample1.jpg'));

/** A drawn face, 192 pixels wide. */
export const drawnFace = (): Buffer => readFileSync(new URL('../../../../face.png', import.meta.url));

/** What a test changes of a server's options. */
export interface TestOptions extends Partial<Omit<ServerOptions, 'limits' | 'times'>> {
  readonly limits?: Partial<ServerLimits>;
  readonly times?: Partial<ServerTimes>;
}

/** Options of a server on a free port, with one worker on the processor, that logs nothing. */
export const testOptions = ({ limits, times, ...others }: TestOptions = {}): ServerOptions => ({
  host: '127.0.0.1',
  port: 0,
  recognizer: { device: 'cpu', workers: 1, threads: 1 },
  apiKeys: [],
  corsOrigins: [],
  logLevel: 'silent',
  ...others,
  limits: { ...DEFAULT_LIMITS, ...limits },
  times: { ...DEFAULT_TIMES, ...times },
});

/** Starts such a server and waits until it is ready. */
export const startTestServer = async (options: TestOptions = {}): Promise<RunningServer> => {
  const server = await startServer(testOptions(options));
  await server.ready;
  return server;
};
