import fastify, { type FastifyInstance } from 'fastify';
import { BodyMemory } from './body/body-memory.ts';
import { describeRoutes } from './docs/openapi.ts';
import { guardRequests } from './http/guard-requests.ts';
import { RequestLog } from './http/log-requests.ts';
import { requestId } from './http/request-id.ts';
import { healthRoutes } from './inference/health-routes.ts';
import { inferenceRoutes } from './inference/inference-routes.ts';
import { Service } from './life/service.ts';
import { measureRequests } from './metrics/measure-requests.ts';
import { metricsRoute } from './metrics/metrics-route.ts';
import { createMetrics } from './metrics/server-metrics.ts';
import { answerClientError, answerProblem, answerProblems } from './problem/answer-problems.ts';
import { schemaWords } from './problem/schema-words.ts';
import { WorkQueue } from './queue/work-queue.ts';
import { modelRoute } from './recognize/model-route.ts';
import { recognizeRoute } from './recognize/recognize-route.ts';
import type { ServerContext } from './server-context.ts';
import type { ServerOptions } from './server-options.ts';
import { acceptWebSockets, streamRoute } from './stream/stream-route.ts';

const CHECK_TIMEOUTS_EVERY_MS = 1000;
const KEEP_ALIVE_MS = 65_000;
const MAX_HEADERS_MS = 10_000;

/** A server that does not listen yet. */
export interface BuiltServer {
  readonly app: FastifyInstance;
  readonly context: ServerContext;
}

const createContext = (options: ServerOptions, openStreams: () => number): ServerContext => {
  const service = new Service();
  const bodyMemory = new BodyMemory(options.limits.bodyMemoryBytes);
  const metrics = createMetrics({
    queueDepth: () => queue.depth,
    queueLimit: options.limits.queue,
    running: () => queue.running,
    streams: openStreams,
    bodyBytes: () => bodyMemory.bytes,
    ready: () => service.state === 'ready',
  });
  const queue = new WorkQueue({ limit: options.limits.queue, observer: metrics });
  return { options, service, queue, bodyMemory, metrics };
};

const createApp = ({ times, logLevel }: ServerOptions): FastifyInstance =>
  fastify({
    logger: { level: logLevel, serializers: { req: ({ method }) => ({ method }) } },
    logController: new RequestLog({ requestIdLogLabel: 'requestId' }),
    genReqId: requestId,
    requestTimeout: times.uploadMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    // What still comes on a connection that is open is answered, and told that the connection ends.
    return503OnClosing: false,
    http: {
      headersTimeout: Math.min(MAX_HEADERS_MS, times.uploadMs),
      connectionsCheckingInterval: CHECK_TIMEOUTS_EVERY_MS,
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => answerProblem(error, request, reply),
    schemaErrorFormatter: (errors, part) => new Error(`The ${part} ${schemaWords(errors)}.`),
    // A member that nobody knows is most likely misspelt: said, not passed over.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true } },
  });

/** Puts a server together. It is live as soon as it listens, and answers once its service has been started. */
export const buildServer = async (options: ServerOptions): Promise<BuiltServer> => {
  const app = createApp(options);
  const context = createContext(options, () => app.websocketServer.clients.size);
  answerProblems(app);
  await acceptWebSockets(app, options.limits.frameBytes);
  measureRequests(app, context.metrics.registry);
  guardRequests(app, options);
  await describeRoutes(app, options.apiKeys.length > 0);
  recognizeRoute(app, context);
  streamRoute(app, context);
  modelRoute(app, context);
  inferenceRoutes(app, context);
  healthRoutes(app, context);
  metricsRoute(app, context);
  return { app, context };
};
