/** What the names of all metrics begin with. */
export const NAME = 'mien';

/** The buckets of times: from a millisecond to half a minute, each about twice the one before. */
export const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
