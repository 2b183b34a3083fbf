import { MienError } from '@mien/contract';

/** A classifier was used after it had been closed. */
export class ClosedClassifierError extends MienError {
  override readonly name = 'ClosedClassifierError';
  constructor() {
    super('This classifier is closed. Create another one with createClassifier().');
  }
}
