import type { FastifyInstance } from 'fastify';
import type { ServerContext } from '../server-context.ts';

/** `GET /metrics`, for Prometheus. */
export const metricsRoute = (app: FastifyInstance, { metrics: { registry } }: ServerContext): void => {
  app.get(
    '/metrics',
    {
      schema: {
        summary: 'Metrics for Prometheus',
        tags: ['Operations'],
        response: {
          200: {
            description: 'In the text format.',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
        },
      },
    },
    async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
};
