import type { FastifyInstance } from 'fastify';
import { problemResponses } from '../docs/route-schemas.ts';
import { NotReadyError } from '../problem/request-errors.ts';
import type { ServerContext } from '../server-context.ts';
import { findGraph } from './served-graph.ts';
import { healthSchemas } from './inference-schemas.ts';

const tags = ['Open Inference Protocol'];

/** Where Kubernetes and load balancers ask how the server is. */
export const healthRoutes = (app: FastifyInstance, { service }: ServerContext): void => {
  const requireReady = (): void => {
    if (service.state !== 'ready') throw new NotReadyError(service.state);
  };
  app.get(
    '/v2/health/live',
    { schema: { summary: 'Does the server run?', tags, response: { 200: healthSchemas.live } } },
    async () => ({ live: true }),
  );
  app.get(
    '/v2/health/ready',
    {
      schema: {
        summary: 'Have the models passed their self-test, and is the server here to stay?',
        tags,
        response: { 200: healthSchemas.ready, ...problemResponses(503) },
      },
    },
    async () => {
      requireReady();
      return { ready: true };
    },
  );
  app.get<{ Params: { model: string } }>(
    '/v2/models/:model/ready',
    {
      schema: {
        summary: 'Is this graph ready?',
        tags,
        response: { 200: healthSchemas.modelReady, ...problemResponses(404, 503) },
      },
    },
    async ({ params: { model } }) => {
      requireReady();
      return { name: findGraph(service.recognizer, model).name, ready: true };
    },
  );
};
