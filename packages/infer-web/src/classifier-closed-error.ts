import { MienError } from '@mien/contract';

/** A classifier was used after it had been closed. */
export class ClassifierClosedError extends MienError {
  override readonly name = 'ClassifierClosedError';
  constructor() {
    super('This classifier is closed. Create another one with createClassifier().');
  }
}
