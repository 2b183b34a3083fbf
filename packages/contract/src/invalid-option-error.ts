import { MienError } from './mien-error.ts';

/** An option has a value that it cannot have. */
export class InvalidOptionError extends MienError {
  override readonly name = 'InvalidOptionError';
  constructor(
    readonly option: string,
    readonly value: unknown,
    readonly expected: string,
  ) {
    const seen = typeof value === 'number' ? value : JSON.stringify(value);
    super(`Option "${option}" is ${seen}; it must be ${expected}.`);
  }
}
