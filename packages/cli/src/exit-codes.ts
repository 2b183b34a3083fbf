/** What `mien` tells the shell. A signal gives 128 and its number, as shells have it: 130 for Ctrl-C. */
export const EXIT = {
  ok: 0,
  /** Something could not be read or written; the rest was. */
  failed: 1,
  /** The command line itself is wrong: nothing was done. */
  usage: 2,
  /** Everything was read, `--require-face` was asked for, and there was no face anywhere. */
  noFace: 3,
  interrupted: 130,
  terminated: 143,
  /** Whoever read the output went away, as `head` does. */
  brokenPipe: 141,
} as const;
