import { MienError } from '@mien/contract';

/** A result cannot be written. */
export class UnwritableOutputError extends MienError {
  override readonly name = 'UnwritableOutputError';
  constructor(
    readonly path: string,
    cause: Error,
  ) {
    super(`Cannot write ${path}: check that its folder may be written to and is not full.`, { cause });
  }
}

/** A result would take the place of a file that is read. */
export class OverwritesInputError extends MienError {
  override readonly name = 'OverwritesInputError';
  constructor(readonly path: string) {
    super(`Cannot write ${path}: it is one of the files to read; name another place for results.`);
  }
}
