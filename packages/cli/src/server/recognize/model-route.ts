import type { FastifyInstance } from 'fastify';
import { problemResponses } from '../docs/route-schemas.ts';
import type { ServerContext } from '../server-context.ts';

/** `GET /v1/model`: the card of the expression model, and where it runs. */
export const modelRoute = (app: FastifyInstance, { service }: ServerContext): void => {
  app.get(
    '/v1/model',
    {
      schema: {
        summary: 'The model card, and the device in use',
        tags: ['Recognition'],
        response: {
          200: {
            type: 'object',
            required: ['card', 'device'],
            properties: {
              card: {
                type: 'object',
                additionalProperties: true,
                description:
                  "Labels, input, accuracy, intended use and limits, as the model's training has left them.",
              },
              device: {
                type: 'object',
                required: ['requested', 'provider'],
                properties: {
                  requested: { type: 'string', description: 'Where the models were asked to run.' },
                  provider: { type: 'string', description: 'What runs them, as observed.' },
                  note: { type: 'string' },
                },
              },
            },
          },
          ...problemResponses(401, 503),
        },
      },
    },
    async () => {
      const { card, device } = service.recognizer;
      return { card, device };
    },
  );
};
