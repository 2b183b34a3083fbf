import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';

/** Where machines ask every few seconds. */
const POLLED = /^\/(v2\/health\/(live|ready)|metrics)$/u;

const levelOf = (
  { routeOptions: { url = '' } }: FastifyRequest,
  status: number,
): 'debug' | 'info' | 'warn' => {
  if (POLLED.test(url)) return 'debug';
  return status >= 500 ? 'warn' : 'info';
};

/**
 * One line for each request, when it is over: its id, method, route, status and time. No query, header, name of a file
 * or body is ever logged: they hold keys, and what people have sent.
 */
export class RequestLog extends LogController {
  override incomingRequest(): void {
    // Said when it is over, with what came of it.
  }

  override requestCompleted(_: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const { method, routeOptions } = request;
    const { statusCode: status, elapsedTime } = reply;
    const line = { method, route: routeOptions.url ?? 'none', status, ms: Math.round(elapsedTime) };
    request.log[levelOf(request, status)](line, 'request');
  }
}
