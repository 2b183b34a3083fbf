import type { Recognizer } from '@mien/infer-node';
import { NotReadyError } from '../problem/request-errors.ts';

/** Where a server is in its life. It is live in all of them. */
export type ServiceState = 'starting' | 'ready' | 'draining';

/** The recognizer that a server answers with, from when its self-tests have passed until the server drains. */
export class Service {
  #state: ServiceState = 'starting';
  #recognizer: Recognizer | undefined;

  get state(): ServiceState {
    return this.#state;
  }

  /** The recognizer for a request: there as well while the server drains, for those that came before. */
  get recognizer(): Recognizer {
    if (this.#recognizer === undefined) throw new NotReadyError('starting');
    return this.#recognizer;
  }

  /** @throws {NotReadyError} while the models are being loaded. */
  requireReady(): void {
    if (this.#recognizer === undefined) throw new NotReadyError('starting');
  }

  /** Takes requests from now on. */
  start(recognizer: Recognizer): void {
    this.#recognizer = recognizer;
    if (this.#state === 'starting') this.#state = 'ready';
  }

  /** Says to load balancers that this server is about to stop; requests that still come are answered. */
  drain(): void {
    this.#state = 'draining';
  }

  /** Ends the recognizer's threads, after the pictures that it has. */
  async close(): Promise<void> {
    await this.#recognizer?.close();
  }
}
