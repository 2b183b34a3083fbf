import { MienError } from '@mien/contract';

/** The browser does not start the worker. */
export class WorkerStartError extends MienError {
  override readonly name = 'WorkerStartError';
  constructor(
    /** What the browser says, possibly nothing. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `The worker does not start${reason === '' ? '' : `: ${reason.replace(/\.+$/u, '')}`}. Check that its script, ` +
        'which the bundler writes beside the page, is served from the same origin, and that the ' +
        "Content-Security-Policy allows worker-src 'self'.",
      options,
    );
  }
}

/** The worker ended in the middle, with all that it held. */
export class WorkerCrashedError extends MienError {
  override readonly name = 'WorkerCrashedError';
  constructor(
    /** What the browser says. */
    readonly reason: string,
  ) {
    super(`The worker ended unexpectedly: ${reason.replace(/\.+$/u, '')}. Create the recognizer again.`);
  }
}
