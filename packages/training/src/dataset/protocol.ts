/**
 * Which voted images count when scoring: all that are kept, each for the emotion with most votes (`majority`), or those
 * where the winner has more than half of the votes (`strict`).
 */
export const PROTOCOLS = ['majority', 'strict'] as const;

/** One of {@link PROTOCOLS}. */
export type Protocol = (typeof PROTOCOLS)[number];
