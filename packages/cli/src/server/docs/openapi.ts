import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { VERSION } from '../../version.ts';
import { problemSchema } from '../problem/problem.ts';
import { faceSchema, trackedFaceSchema } from '../recognize/recognize-schemas.ts';
import { withFurtherBodies } from './route-schemas.ts';

const DESCRIPTION = `Finds faces in images and reads their expressions; every reading is a whole, calibrated distribution
over the model's labels. Nothing that is sent is written anywhere. What goes wrong is answered as RFC 9457 says.`;

// The page's own scripts and styles, and no other; React sets styles on elements, which counts as inline.
const PAGE_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** Describes every route that is registered after it at `/openapi.json`, and shows that at `/docs`. */
export const describeRoutes = async (app: FastifyInstance, hasKeys: boolean): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Mien', version: VERSION, description: DESCRIPTION },
      servers: [{ url: '/' }],
      tags: [
        {
          name: 'Recognition',
          description:
            'Images in, faces and their expressions out. GET /v1/stream is a WebSocket for frames of a video.',
        },
        { name: 'Open Inference Protocol', description: 'The graphs themselves: tensors in, tensors out.' },
        { name: 'Operations', description: 'Health and metrics.' },
      ],
      ...(hasKeys
        ? {
            security: [{ bearer: [] }, { header: [] }],
            components: {
              securitySchemes: {
                bearer: { type: 'http', scheme: 'bearer' },
                header: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
              },
            },
          }
        : {}),
    },
    refResolver: { buildLocalReference: ({ $id }, _, __, i) => (typeof $id === 'string' ? $id : `def-${i}`) },
    transform: ({ schema, url }) => ({ schema: withFurtherBodies(schema), url }),
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    uiConfig: { deepLinking: true, layout: 'BaseLayout' },
  });
  for (const schema of [problemSchema, faceSchema, trackedFaceSchema]) app.addSchema(schema);
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
};
