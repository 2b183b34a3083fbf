/** Where a command line runs. */
export interface Terminal {
  /** The folder that the person is in: paths are relative to it. */
  readonly cwd: string;
  /** The folder where exports are looked for: `dist/export`. */
  readonly exportFolder: string;
  /** True where a person looks on and did not refuse colours. */
  readonly coloured: boolean;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}
