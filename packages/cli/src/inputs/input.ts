/** What a file holds, as far as reading it goes. */
export type MediaKind = 'picture' | 'video';

/** One file to read. */
export interface Input {
  readonly kind: MediaKind;
  /** As results and messages call it: relative to where the person is. */
  readonly name: string;
  /** Where it lies, or its bytes where it came through stdin. */
  readonly source: string | Uint8Array;
  /** What files made of it are called, with `/` between folders and without an extension; no two inputs share it. */
  readonly outputStem: string;
}

/** Something on the command line that led to no file. */
export interface Missing {
  readonly kind: 'missing';
  readonly name: string;
  readonly error: Error;
}
