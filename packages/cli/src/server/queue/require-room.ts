import type { ServerContext } from '../server-context.ts';

/**
 * Refuses a request before its body is read where it could not be served anyway.
 *
 * @throws {NotReadyError} while the models are being loaded.
 * @throws {TooManyWaitingError} while all places in the queue are taken.
 */
export const requireRoom = async ({ service, queue }: ServerContext): Promise<void> => {
  service.requireReady();
  queue.requirePlaces(1);
};
