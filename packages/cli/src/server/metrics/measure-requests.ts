import type { FastifyInstance } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';
import { NAME, SECONDS } from './metric-names.ts';

/** How servers count what its client gave up; it is never sent. */
const CLIENT_GONE = 499;

/** Counts requests by route and status, and measures how long they took. */
export const measureRequests = (app: FastifyInstance, registry: Registry): void => {
  const labelNames = ['method', 'route', 'status'] as const;
  const registers = [registry];
  const requests = new Counter({
    name: `${NAME}_http_requests_total`,
    help: 'Requests, by method, route and status; 499 where the client went away.',
    labelNames,
    registers,
  });
  const seconds = new Histogram({
    name: `${NAME}_http_request_seconds`,
    help: 'How long requests took.',
    labelNames: ['route'],
    buckets: SECONDS,
    registers,
  });
  app.addHook(
    'onResponse',
    async ({ method, routeOptions: { url: route = 'none' } }, { statusCode: status, elapsedTime }) => {
      requests.inc({ method, route, status });
      seconds.observe({ route }, elapsedTime / 1000);
    },
  );
  // What has no answer never comes to onResponse; a stream is no request that waits for one.
  app.addHook('onRequest', async (request, { raw }) => {
    const { method, routeOptions } = request;
    raw.once('close', () => {
      if (!raw.writableFinished && !request.ws)
        requests.inc({ method, route: routeOptions.url ?? 'none', status: CLIENT_GONE });
    });
  });
};
