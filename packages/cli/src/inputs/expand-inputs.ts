import { stat } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { nameFor } from '../words/name-for.ts';
import { EmptyFolderError, NoMatchError, UnreachableError } from './input-errors.ts';
import type { Input, Missing } from './input.ts';
import { mediaKindOf, PICTURE_EXTENSIONS, VIDEO_EXTENSIONS } from './media-kind.ts';
import { OutputStems } from './output-stems.ts';

/** Where to look for files, and where not. */
export interface ExpandOptions {
  readonly cwd: string;
  /** Whether folders are searched with all that is below them. */
  readonly recursive: boolean;
  /** Folders that results go to: what is in them is not an input, even where they lie below one. */
  readonly outputFolders: readonly string[];
  /** What came through standard input, if `-` is among the arguments. */
  readonly stdin?: Pick<Input, 'kind' | 'source'> | undefined;
}

interface FoundFile {
  readonly path: string;
  /** The path that its results take below the folder for them. */
  readonly outputPath: string;
}

const byName = new Intl.Collator('en', { numeric: true });

const isInside = (path: string, folder: string): boolean => path.startsWith(folder + sep);

const searchFolder = async (folder: string, options: ExpandOptions): Promise<FoundFile[]> => {
  const extensions = [...PICTURE_EXTENSIONS, ...VIDEO_EXTENSIONS].join(',');
  const names = await glob(`${options.recursive ? '**/' : ''}*.{${extensions}}`, {
    cwd: folder,
    caseSensitiveMatch: false,
    expandDirectories: false,
  });
  // Results go beside the pictures where a folder is its own output.
  const outputsBelow = options.outputFolders.filter(
    (output) => output !== folder && isInside(output, folder),
  );
  return names
    .toSorted(byName.compare)
    .map((name) => ({ path: resolve(folder, name), outputPath: name }))
    .filter(({ path }) => !outputsBelow.some((output) => isInside(path, output)));
};

/** A shell on Windows writes `\` between folders, which a pattern takes for an escape. */
const toPattern = (argument: string): string => (sep === '\\' ? argument.replaceAll('\\', '/') : argument);

const matchPattern = async (argument: string, options: ExpandOptions): Promise<FoundFile[]> => {
  const pattern = toPattern(argument);
  if (!isDynamicPattern(pattern)) throw new NoMatchError(argument, false);
  const names = await glob(pattern, { cwd: options.cwd, absolute: true, expandDirectories: false });
  if (names.length === 0) throw new NoMatchError(argument, true);
  return names.toSorted(byName.compare).map((path) => ({ path: resolve(path), outputPath: basename(path) }));
};

const findFiles = async (argument: string, options: ExpandOptions): Promise<FoundFile[]> => {
  const path = resolve(options.cwd, argument);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new UnreachableError(argument, error);
  });
  if (found === undefined) return matchPattern(argument, options);
  if (!found.isDirectory()) return [{ path, outputPath: basename(path) }];
  const files = await searchFolder(path, options);
  if (files.length === 0) throw new EmptyFolderError(argument, options.recursive);
  return files;
};

/**
 * Turns the arguments of a command line into the files to read: files as they are, folders into the pictures and videos
 * in them (hidden ones left out), patterns into what they match, `-` into what came through standard input. A file
 * that several arguments lead to is read once.
 *
 * @returns in the arguments' order, within a folder by name with numbers as numbers; arguments that lead nowhere say so.
 */
export const expandInputs = async (
  args: readonly string[],
  options: ExpandOptions,
): Promise<(Input | Missing)[]> => {
  const stems = new OutputStems();
  const seen = new Set<string>();
  const inputs: (Input | Missing)[] = [];
  for (const argument of args) {
    if (argument === '-') {
      if (options.stdin === undefined || seen.has('-')) continue;
      seen.add('-');
      inputs.push({ ...options.stdin, name: 'stdin', outputStem: stems.take('stdin') });
      continue;
    }
    try {
      for (const { path, outputPath } of await findFiles(argument, options)) {
        if (seen.has(path)) continue;
        seen.add(path);
        const name = nameFor(path, options.cwd);
        inputs.push({
          kind: await mediaKindOf(path),
          name,
          source: path,
          outputStem: stems.take(outputPath),
        });
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      inputs.push({ kind: 'missing', name: argument, error });
    }
  }
  return inputs;
};
