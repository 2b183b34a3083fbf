import type { FastifyReply } from 'fastify';
import { ClientGoneError, DeadlineExceededError } from '../problem/request-errors.ts';

/** Ends the work for a request once nobody waits for it: when time is up, or when the client closed the connection. */
export interface Deadline extends Disposable {
  /** Its reason is a {@link DeadlineExceededError} or a {@link ClientGoneError}. */
  readonly signal: AbortSignal;
}

/** Starts a request's deadline; dispose of it when the work is done. */
export const startDeadline = ({ raw }: FastifyReply, timeoutMs: number): Deadline => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DeadlineExceededError(timeoutMs)), timeoutMs);
  const onClose = (): void => controller.abort(new ClientGoneError());
  if (raw.destroyed) onClose();
  raw.once('close', onClose);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      raw.off('close', onClose);
      // Where one of several images has failed the request, the others need not be looked at.
      controller.abort();
    },
  };
};
