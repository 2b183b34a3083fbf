import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServerContext } from '../server-context.ts';
import { BodyAllowance } from './body-memory.ts';
import { collectBody } from './collect-body.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What this request may have in memory. */
    allowance: BodyAllowance;
  }
}

/** The kinds of body that a group of routes takes; anything else is answered 415. */
export interface BodyKinds {
  readonly json?: boolean;
  /** Content types whose bodies are handed over as a `Buffer`. */
  readonly binary?: RegExp;
  /** Forms, left unread for {@link FastifyRequest.parts}. */
  readonly forms?: boolean;
}

const JSON_TYPE = 'application/json';

const readJson = (scope: FastifyInstance): void => {
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.addContentTypeParser(JSON_TYPE, async (request: FastifyRequest, payload: FastifyRequest['raw']) => {
    const text = (await collectBody(payload, request.allowance)).toString('utf8');
    return new Promise((resolve, reject) => {
      void parse(request, text, (error, body) => (error === null ? resolve(body) : reject(error)));
    });
  });
};

const readBinary = (scope: FastifyInstance, types: RegExp): void => {
  scope.addContentTypeParser(types, (request: FastifyRequest, payload: FastifyRequest['raw']) =>
    collectBody(payload, request.allowance),
  );
};

const allow = (
  { options: { limits }, bodyMemory }: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
): void => {
  const allowance = new BodyAllowance(bodyMemory, limits.bodyBytes);
  request.allowance = allowance;
  reply.raw.once('close', () => allowance.releaseAll());
  const announced = Number(request.headers['content-length']);
  if (announced > 0) allowance.requireWithin(announced);
};

/**
 * Lets the routes of a scope read bodies of these kinds, within what one request and all of them may have in memory.
 * A body that says it is too large is refused before any of it is read.
 */
export const readBodies = (scope: FastifyInstance, context: ServerContext, kinds: BodyKinds): void => {
  scope.removeAllContentTypeParsers();
  scope.decorateRequest('allowance');
  scope.addHook('onRequest', async (request, reply) => allow(context, request, reply));
  if (kinds.json === true) readJson(scope);
  if (kinds.binary !== undefined) readBinary(scope, kinds.binary);
  if (kinds.forms === true) void scope.register(multipart);
};
