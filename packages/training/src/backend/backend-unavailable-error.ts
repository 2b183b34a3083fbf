import { MienError } from '@mien/contract';

/** A backend that was asked for by name cannot run here. */
export class BackendUnavailableError extends MienError {
  override readonly name = 'BackendUnavailableError';
  constructor(
    readonly backend: string,
    /** Why it does not run. */
    readonly reason: string,
    remedy: string,
  ) {
    super(`The ${backend} backend cannot run here: ${reason}. ${remedy}, or use --backend auto.`);
  }
}

/** A backend that does not exist. */
export class UnknownBackendError extends MienError {
  override readonly name = 'UnknownBackendError';
  constructor(
    readonly backend: string,
    known: readonly string[],
  ) {
    super(`There is no backend "${backend}". Choose one of: ${known.join(', ')}.`);
  }
}
