import { MienError } from '@mien/contract';

/** A search was asked to stop; everything that it has come to is saved. */
export class SearchInterruptedError extends MienError {
  override readonly name = 'SearchInterruptedError';
  constructor(
    /** The trial that was being trained. */
    readonly trial: number,
    readonly trials: number,
    /** How to go on, in words. */
    howToGoOn = 'Search again with the same settings to go on.',
  ) {
    super(`Stopped in trial ${trial} of ${trials}; everything so far is saved. ${howToGoOn}`);
  }
}
