/** Base class of every error that Mien raises on purpose: its message says what was wrong, the value seen, and what to do. */
export class MienError extends Error {
  override readonly name: string = 'MienError';
}

/** Tells an error that Mien raised on purpose from a defect. */
export const isMienError = (error: unknown): error is MienError => error instanceof MienError;
