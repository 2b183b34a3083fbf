import { MienError } from '@mien/contract';

/** A search space that cannot be searched, or a setting of the search that is out of range. */
export class InvalidSpaceError extends MienError {
  override readonly name = 'InvalidSpaceError';
  constructor(
    /** What is wrong: an axis, or a setting of the search. */
    readonly part: string,
    readonly value: unknown,
    readonly expected: string,
    options?: ErrorOptions,
  ) {
    super(`The search's "${part}" is ${JSON.stringify(value)}, but must be ${expected}.`, options);
  }
}
