import { MienError } from '@mien/contract';

/** A run cannot be resumed as it was, because the code that trains is no longer that which it was started with. */
export class ChangedCodeError extends MienError {
  override readonly name = 'ChangedCodeError';
  constructor(readonly folder: string) {
    super(
      `The run in ${folder} was started with other training code, so that going on would give a model of neither. ` +
        'Start anew with --fresh, or go on all the same with --accept-new-code.',
    );
  }
}
