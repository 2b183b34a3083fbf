import { isMienError, MienError } from './mien-error.ts';

/** An error on its way between threads: posting keeps neither an error's class nor its fields. */
export interface PackedError {
  readonly message: string;
  /** Undefined for errors that were not raised on purpose. */
  readonly className: string | undefined;
  readonly stack: string | undefined;
  /** What the error carries, `name` included. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Classes of errors by their names. */
export type ErrorClasses = Readonly<Record<string, { readonly prototype: MienError }>>;

/** Turns what a worker caught into plain data. */
export const packError = (error: unknown): PackedError => {
  if (!(error instanceof Error))
    return { message: String(error), className: undefined, stack: undefined, fields: {} };
  const { message, stack } = error;
  return isMienError(error)
    ? { message, className: error.name, stack, fields: Object.fromEntries(Object.entries(error)) }
    : { message, className: undefined, stack, fields: {} };
};

/**
 * Turns it back into an error of the class, and with the fields, that it had; a defect becomes a plain `Error`.
 *
 * @param classes those that the error may be of.
 */
export const unpackError = (
  { message, className, stack, fields }: PackedError,
  classes: ErrorClasses,
): Error => {
  const prototype = className === undefined ? undefined : classes[className]?.prototype;
  if (prototype === undefined) return Object.assign(new Error(message), stack === undefined ? {} : { stack });
  const error = new MienError(message);
  Object.setPrototypeOf(error, prototype);
  return Object.assign(error, fields);
};
