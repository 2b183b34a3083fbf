import { join } from 'node:path';

/** What a run's folder is named after. */
export interface FolderParams {
  /** Given by the user: taken as it is. */
  readonly out?: string | undefined;
  /** Undefined for the built-in faces. */
  readonly data?: string | undefined;
  readonly architecture: string;
}

/** The architecture that the built-in faces are trained with by default; its folder needs no suffix. */
const DEFAULT_ARCHITECTURE = 'document';

/** The folder of a run: `out`, or one below `dist/training` of the working directory. */
export const outputFolder = ({ out, data, architecture }: FolderParams): string => {
  if (out !== undefined) return out;
  const builtIn = architecture === DEFAULT_ARCHITECTURE ? 'built-in' : `built-in-${architecture}`;
  return join('dist', 'training', data === undefined ? builtIn : architecture);
};
