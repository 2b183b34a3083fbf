/** Where a command line runs. */
export interface Terminal {
  /** The folder that the person is in: paths are relative to it. */
  readonly cwd: string;
  /** True where a person looks on and did not refuse colours. */
  readonly coloured: boolean;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}
