import { MienError } from '@mien/contract';

/** The classifier was closed before this call. */
export class ClosedClassifierError extends MienError {
  override readonly name = 'ClosedClassifierError';
  constructor() {
    super('The classifier is closed. Create another one, and close it after the last call.');
  }
}
