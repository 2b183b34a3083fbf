import { MienError } from '@mien/contract';

/** An argument names no file, or as a pattern matches none. */
export class NoMatchError extends MienError {
  override readonly name = 'NoMatchError';
  constructor(
    readonly argument: string,
    /** True where it is a pattern such as `*.jpg`. */
    readonly isPattern: boolean,
  ) {
    const why = isPattern ? 'no file matches the pattern' : 'there is no such file; check the path';
    super(`Cannot read ${argument}: ${why}.`);
  }
}

/** A folder holds nothing that could be read. */
export class EmptyFolderError extends MienError {
  override readonly name = 'EmptyFolderError';
  constructor(
    readonly folder: string,
    /** True where folders below it were looked into, too. */
    readonly isRecursive: boolean,
  ) {
    const where = isRecursive ? 'in it or below' : 'in it; leave --no-recursive out to look below it';
    super(`Cannot read ${folder}: there are no pictures or videos ${where}.`);
  }
}

/** A file or folder is there but may not be looked at. */
export class UnreachableError extends MienError {
  override readonly name = 'UnreachableError';
  constructor(path: string, cause: Error) {
    super(`Cannot read ${path}: check that it may be read.`, { cause });
  }
}

/** Standard input brought nothing, or more than is taken into memory. */
export class UnusableStdinError extends MienError {
  override readonly name = 'UnusableStdinError';
  constructor(reason: string) {
    super(`Cannot read standard input: ${reason}.`);
  }
}
