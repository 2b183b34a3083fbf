import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { ConnectionError } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { PROBLEM_TYPE, type Problem } from './problem.ts';
import { problemOf, retryAfterSeconds } from './problem-of.ts';

const METHODS: readonly HTTPMethods[] = ['GET', 'POST'];

/** The path without its query, which may hold what is nobody's business. */
export const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '/';

const send = (reply: FastifyReply, request: FastifyRequest, problem: Problem): void => {
  // The Open Inference Protocol wants its errors under this name; a problem may carry further members.
  const error = request.url.startsWith('/v2') ? { error: problem.detail } : {};
  // What is left of the body is read and dropped, so that the client gets to read the answer.
  reply.removeHeader('connection');
  void reply
    .code(problem.status)
    .type(PROBLEM_TYPE)
    .serializer(JSON.stringify)
    .send({ ...problem, requestId: request.id, ...error });
};

/** Answers a request with the problem that an error is. */
export const answerProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const problem = problemOf(error);
  const seconds = retryAfterSeconds(error);
  if (seconds !== undefined) reply.header('retry-after', seconds);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="mien"');
  if (problem.status === 500) request.log.error({ err: error }, 'a defect');
  send(reply, request, problem);
};

const answerNotFound = (app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): void => {
  const url = pathOf(request);
  const allowed = METHODS.filter((method) => app.hasRoute({ url, method }));
  if (allowed.length === 0 || allowed.includes(request.method)) {
    send(reply, request, {
      type: 'urn:mien:problem:not-found',
      title: 'There is no such address',
      status: 404,
      detail: `There is no ${request.method} ${url}. GET /docs lists what there is.`,
    });
    return;
  }
  reply.header('allow', allowed.join(', '));
  send(reply, request, {
    type: 'urn:mien:problem:method-not-allowed',
    title: 'The address does not take this method',
    status: 405,
    detail: `${url} takes ${allowed.join(' and ')}, not ${request.method}.`,
  });
};

/** Lets everything that goes wrong, from a wrong address to a defect, be answered as RFC 9457 says. */
export const answerProblems = (app: FastifyInstance): void => {
  app.setErrorHandler((error: FastifyError, request, reply) => answerProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => answerNotFound(app, request, reply));
};

const CLIENT_ERRORS: Readonly<Record<string, readonly [status: number, slug: string, detail: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request-timeout', 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: [431, 'headers-too-large', 'The headers are too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'too-large', 'The chunk extensions are too large.'],
};

/**
 * Answers what is no HTTP request, or does not become a whole one in time. There is no request yet that an answer
 * could belong to: it is written onto the connection, which is closed.
 */
export const answerClientError = ({ code }: ConnectionError, socket: Socket): void => {
  if (code === 'ECONNRESET' || !socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  const [status, slug, detail] = CLIENT_ERRORS[code] ?? [
    400,
    'malformed-request',
    'This is no HTTP request.',
  ];
  const title = STATUS_CODES[status] ?? '';
  const body = JSON.stringify({ type: `urn:mien:problem:${slug}`, title, status, detail });
  const head = `HTTP/1.1 ${status} ${title}\r\nContent-Type: ${PROBLEM_TYPE}\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
};
