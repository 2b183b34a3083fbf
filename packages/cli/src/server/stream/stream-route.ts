import websocket, { type WebSocket } from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TooManyStreamsError } from '../problem/request-errors.ts';
import { requireRoom } from '../queue/require-room.ts';
import { optionProperties } from '../recognize/recognize-schemas.ts';
import { requireFinite } from '../recognize/require-finite.ts';
import type { RecognitionRequest } from '../recognize/uploaded-image.ts';
import type { ServerContext } from '../server-context.ts';
import type { StreamClock } from './stream-frame.ts';
import { CLOSE, StreamSession } from './stream-session.ts';

type StreamQuery = RecognitionRequest & { readonly clock: StreamClock; readonly smoothingMs?: number };

const querystring = {
  type: 'object',
  additionalProperties: false,
  properties: {
    clock: { type: 'string', enum: ['server', 'client'], default: 'server' },
    smoothingMs: { type: 'number', minimum: 0, maximum: 60_000 },
    ...optionProperties,
  },
} as const;

const PING_EVERY_MS = 30_000;

/** Ends a stream whose other side has vanished without saying so. */
const watchOver = (socket: WebSocket): void => {
  let alive = true;
  const timer = setInterval(() => {
    if (!alive) socket.terminate();
    alive = false;
    socket.ping();
  }, PING_EVERY_MS);
  socket.on('pong', () => (alive = true));
  socket.once('close', () => clearInterval(timer));
};

const openStream = (
  context: ServerContext,
  socket: WebSocket,
  request: FastifyRequest<{ Querystring: StreamQuery }>,
): Promise<void> => {
  const { clock, smoothingMs, ...asked } = request.query;
  const { limits } = context.options;
  const maxFaces = Math.min(asked.maxFaces ?? limits.faces, limits.faces);
  watchOver(socket);
  const tracker = context.service.recognizer.track(smoothingMs === undefined ? {} : { smoothingMs });
  return new StreamSession({ socket, tracker, clock, asked: { ...asked, maxFaces }, context }).run();
};

/**
 * Lets connections become WebSockets. To be called before any hook that refuses requests: the connection of one that is
 * refused is closed by a hook of this, which has to know by then that it was to become a WebSocket.
 */
export const acceptWebSockets = async (app: FastifyInstance, maxPayload: number): Promise<void> => {
  await app.register(websocket, {
    options: { maxPayload, perMessageDeflate: false },
    // What a client does wrong on an open stream, such as a message that is too long, is its own affair.
    errorHandler: (error, socket, request) => {
      request.log.info({ reason: error.message }, 'a stream ended early');
      socket.terminate();
    },
    preClose(done) {
      for (const client of this.websocketServer.clients)
        client.close(CLOSE.goingAway, 'the server is about to stop');
      this.websocketServer.close();
      done();
    },
  });
};

/** `GET /v1/stream`, a WebSocket: an image a message in, the faces that are followed through them out. */
export const streamRoute = (app: FastifyInstance, context: ServerContext): void => {
  const { streams } = context.options.limits;
  app.get<{ Querystring: StreamQuery }>(
    '/v1/stream',
    {
      websocket: true,
      schema: { querystring },
      preHandler: async ({ query }) => requireFinite(query),
      onRequest: async () => {
        await requireRoom(context);
        if (app.websocketServer.clients.size >= streams) throw new TooManyStreamsError(streams);
      },
    },
    (socket, request) => openStream(context, socket, request),
  );
};
