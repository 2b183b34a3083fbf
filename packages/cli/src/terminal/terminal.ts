/** A stream that text is written to: `process.stdout`, or one that a test looks into. */
export interface TextStream {
  write(text: string): boolean;
  on(event: 'error', listener: () => void): unknown;
  once(event: 'drain' | 'error' | 'close', listener: () => void): unknown;
  removeListener(event: 'drain' | 'error' | 'close', listener: () => void): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Where a command line runs. */
export interface Terminal {
  /** The folder that the person is in: paths are relative to it. */
  readonly cwd: string;
  /** False where colours were refused, whoever looks on. */
  readonly allowsColour: boolean;
  /** For results. */
  readonly stdout: TextStream;
  /** For progress and errors. */
  readonly stderr: TextStream;
  /** The bytes that `-` stands for. */
  readonly stdin: AsyncIterable<Uint8Array> & { destroy?(): unknown };
}
