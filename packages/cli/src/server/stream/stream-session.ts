import type { WebSocket } from '@fastify/websocket';
import type { Tracker } from '@mien/infer-node';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { isImageFault, problemOf } from '../problem/problem-of.ts';
import { ClientGoneError, TooManyWaitingError } from '../problem/request-errors.ts';
import { judgeUnsure } from '../recognize/judge-unsure.ts';
import type { RecognitionRequest } from '../recognize/uploaded-image.ts';
import type { ServerContext } from '../server-context.ts';
import { NewestFrame } from './newest-frame.ts';
import { readFrame, type StreamClock, type StreamFrame } from './stream-frame.ts';

/** Codes of RFC 6455 that tell a client why its stream ends. */
export const CLOSE = { goingAway: 1001, unsupported: 1003, failed: 1011 } as const;

// A client that does not read its answers gets no more until it has.
const MAX_UNREAD_BYTES = 2 ** 20;

/** One client's stream: frames in, the newest of them looked at, faces out. */
export class StreamSession {
  readonly #newest = new NewestFrame<StreamFrame>();
  readonly #gone = new AbortController();
  #received = 0;
  #skipped = 0;

  constructor(
    private readonly params: {
      readonly socket: WebSocket;
      readonly tracker: Tracker;
      readonly clock: StreamClock;
      readonly asked: RecognitionRequest;
      readonly context: ServerContext;
    },
  ) {
    const { socket } = params;
    socket.on('message', (message: Buffer, isBinary: boolean) => this.#receive(message, isBinary));
    socket.once('close', () => {
      this.#gone.abort(new ClientGoneError());
      this.#newest.close();
    });
  }

  /** Answers frames until the client goes. */
  async run(): Promise<void> {
    const pauseMs = 1000 / this.params.context.options.limits.streamFps;
    for (let frame = await this.#newest.take(); frame !== undefined; frame = await this.#newest.take()) {
      const startedAtMs = performance.now();
      await this.#answer(frame);
      const restMs = pauseMs - (performance.now() - startedAtMs);
      if (restMs > 0) await wait(restMs, undefined, { signal: this.#gone.signal }).catch(() => undefined);
    }
  }

  #receive(message: Buffer, isBinary: boolean): void {
    const { socket, clock, context } = this.params;
    if (!isBinary) {
      socket.close(CLOSE.unsupported, 'frames are binary messages, an encoded image each');
      return;
    }
    this.#received += 1;
    try {
      const frame = readFrame(message, this.#received, clock, performance.now());
      if (!this.#newest.put(frame)) return;
    } catch (error) {
      this.#send({ frame: this.#received, problem: problemOf(error) });
      return;
    }
    this.#skipped += 1;
    context.metrics.frame('superseded');
  }

  async #answer({ frame, timeMs, image }: StreamFrame): Promise<void> {
    const {
      tracker,
      context,
      socket,
      asked: { unsureBelow, ...asked },
    } = this.params;
    const { signal } = this.#gone;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) {
      this.#skipped += 1;
      context.metrics.frame('superseded');
      return;
    }
    try {
      const tracked = await context.queue.run(
        () => tracker.next(image, { ...asked, timeMs, signal, transfer: true }),
        signal,
      );
      const faces = tracked.faces.map((face) => judgeUnsure(face, unsureBelow));
      this.#send({ frame, skipped: this.#skipped, ...tracked, faces });
      this.#skipped = 0;
      context.metrics.frame('answered');
    } catch (error) {
      if (!signal.aborted) this.#fail(frame, error);
    }
  }

  #fail(frame: number, error: unknown): void {
    const { context, socket } = this.params;
    context.metrics.frame(error instanceof TooManyWaitingError ? 'busy' : 'failed');
    const problem = problemOf(error);
    this.#send({ frame, problem });
    if (!isImageFault(error) && problem.status >= 500) socket.close(CLOSE.failed, problem.title);
  }

  #send(answer: object): void {
    const { socket } = this.params;
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(answer));
  }
}
