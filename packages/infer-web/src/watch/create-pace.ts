/** Media times are rounded: a frame may come this much early, milliseconds. */
const EARLY_MS = 1;

/** Tells whether the frame of this time, milliseconds, is to be looked at. */
export type Pace = (timeMs: number) => boolean;

/**
 * Thins out frames to so many a second. A frame that comes late does not put off those after it, unless by a whole
 * period or more.
 *
 * @param fps over 0; `Infinity` takes every frame.
 */
export const createPace = (fps: number): Pace => {
  const periodMs = 1000 / fps;
  let dueMs = -Infinity;
  let lastMs = -Infinity;
  return (timeMs) => {
    if (timeMs < lastMs) dueMs = timeMs;
    lastMs = timeMs;
    if (timeMs < dueMs - EARLY_MS) return false;
    dueMs = timeMs - dueMs < periodMs ? dueMs + periodMs : timeMs + periodMs;
    return true;
  };
};
