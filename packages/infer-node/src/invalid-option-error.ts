import { MienError } from '@mien/contract';

/** An option has a value that it cannot have. */
export class InvalidOptionError extends MienError {
  override readonly name = 'InvalidOptionError';
  constructor(
    readonly option: string,
    readonly value: unknown,
    readonly expected: string,
  ) {
    super(`Option "${option}" is ${JSON.stringify(value)}; it must be ${expected}.`);
  }
}
