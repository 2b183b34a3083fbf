import { MienError } from '@mien/contract';

/** The recognizer was closed before this call. */
export class ClosedRecognizerError extends MienError {
  override readonly name = 'ClosedRecognizerError';
  constructor() {
    super('The recognizer is closed. Create another one, and close it after the last call.');
  }
}
