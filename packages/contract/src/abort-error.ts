import { MienError } from './mien-error.ts';

/** The caller gave up before the result was there. Named as the platform names it, so that `error.name` tells. */
export class AbortError extends MienError {
  override readonly name = 'AbortError';
  constructor(
    /** The signal's reason. */
    override readonly cause: unknown,
  ) {
    super('Aborted by its signal. Call again for a result.');
  }
}
