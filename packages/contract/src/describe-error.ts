import { isMienError } from './mien-error.ts';

/**
 * Puts an error into words for a command line: one line for errors raised on purpose, the stack for defects or when
 * asked. Causes follow in parentheses, unless the error quotes them itself.
 */
export const describeError = (error: unknown, { verbose = false } = {}): string => {
  if (!(error instanceof Error)) return String(error);
  if (verbose) return error.stack ?? `${error.name}: ${error.message}`;
  const reason = error.cause instanceof Error ? (error.cause.message.split('\n')[0] ?? '') : '';
  const cause = reason === '' || error.message.includes(reason) ? '' : ` (${reason})`;
  const unexpected = `Unexpected ${error.constructor.name}: ${error.message.split('\n')[0]}`;
  return isMienError(error)
    ? `${error.message.replaceAll('\n', ' ')}${cause}`
    : `${unexpected}${cause}. Run again with --verbose for the stack trace.`;
};
