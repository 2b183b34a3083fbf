import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ForbiddenOriginError, UnauthorizedError } from '../problem/request-errors.ts';
import { pathOf } from '../problem/answer-problems.ts';
import { createKeyCheck } from './api-keys.ts';

/** What needs no key: probes have none to give, and the documentation says nothing about this server alone. */
const OPEN = /^\/(v2\/health\/(live|ready)|openapi\.json|docs(\/.*)?)$/u;

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  // Faces are nobody else's business: no cache on the way keeps an answer.
  'cache-control': 'no-store',
} as const;

const CORS_HEADERS = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers':
    'authorization, content-type, x-api-key, x-request-id, inference-header-content-length',
  'access-control-max-age': '600',
} as const;

const allowOrigin = (reply: FastifyReply, origin: string, any: boolean): void => {
  reply.header('access-control-allow-origin', any ? '*' : origin);
  reply.header('access-control-expose-headers', 'x-request-id, retry-after, inference-header-content-length');
  reply.header('cross-origin-resource-policy', 'cross-origin');
};

const isSameOrigin = (request: FastifyRequest, origin: string): boolean =>
  URL.canParse(origin) && new URL(origin).host === request.headers.host;

/**
 * Lets pages of other origins in where that was allowed, and nowhere else. A browser keeps to what it is told here,
 * except for streams, which it opens without asking: those are refused.
 *
 * @returns true for a browser's question whether it may ask, which has its answer then.
 */
const shareWithOrigins = (
  request: FastifyRequest,
  reply: FastifyReply,
  corsOrigins: readonly string[],
): boolean => {
  const { origin } = request.headers;
  if (corsOrigins.length > 0) reply.header('vary', 'Origin');
  if (origin === undefined) return false;
  const any = corsOrigins.includes('*');
  if (any || corsOrigins.includes(origin)) {
    allowOrigin(reply, origin, any);
    if (request.method !== 'OPTIONS') return false;
    void reply.code(204).headers(CORS_HEADERS).send();
    return true;
  }
  if (request.headers.upgrade !== undefined && !isSameOrigin(request, origin))
    throw new ForbiddenOriginError(origin);
  return false;
};

/** Looks at every request before anything of its body is read: its id, its origin, its key. */
export const guardRequests = (
  app: FastifyInstance,
  { apiKeys, corsOrigins }: { readonly apiKeys: readonly string[]; readonly corsOrigins: readonly string[] },
): void => {
  const hasKey = createKeyCheck(apiKeys);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...SECURITY_HEADERS, 'x-request-id': request.id });
    if (shareWithOrigins(request, reply, corsOrigins)) return reply;
    if (apiKeys.length > 0 && !OPEN.test(pathOf(request)) && !hasKey(request)) throw new UnauthorizedError();
    return undefined;
  });
};
