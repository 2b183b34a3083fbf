import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import {
  ClassFoldersDifferError,
  EmptyClassError,
  NoImagesError,
  SingleClassError,
} from './dataset-errors.ts';
import type { SkippedSource } from './image-dataset.ts';
import type { Sample, Split } from './sample.ts';

const SPLIT_FOLDERS: ReadonlyMap<string, Split> = new Map([
  ['train', 'train'],
  ['validation', 'validation'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['test', 'test'],
]);
const IMAGE_EXTENSIONS = new Set(['.png', '.jpg', '.jpeg', '.webp']);
/** Files that file managers leave behind. */
const IGNORED_FILES = new Set(['thumbs.db', 'desktop.ini']);

/** What a folder of images holds. */
export interface FolderListing {
  /** Names of the class folders in alphabetical order (by character code), as Keras' `flow_from_directory` has them. */
  readonly labels: readonly string[];
  readonly samples: readonly Sample[];
  /** Files in class folders whose names are not those of images. */
  readonly skipped: readonly SkippedSource[];
  /** One line for every file, with its size and time of change: tells whether the folder is still the same. */
  readonly identity: readonly string[];
}

interface SplitFolder {
  /** Empty where the dataset is not divided. */
  readonly folder: string;
  readonly split: Split;
  /** File names by class folder, both in alphabetical order. */
  readonly classes: ReadonlyMap<string, readonly string[]>;
}

const namesIn = (path: string, wanted: 'folder' | 'file'): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !IGNORED_FILES.has(name.toLowerCase()))
    .filter((entry) => {
      // A link counts as what it points to; one that leads nowhere, as a file that will turn out damaged.
      const isFolder = entry.isSymbolicLink()
        ? statSync(join(path, entry.name), { throwIfNoEntry: false })?.isDirectory() === true
        : entry.isDirectory();
      return isFolder === (wanted === 'folder');
    })
    .map(({ name }) => name)
    .sort();

const listSplit = (root: string, folder: string, split: Split): SplitFolder => ({
  folder,
  split,
  classes: new Map(
    namesIn(join(root, folder), 'folder').map((label) => [label, namesIn(join(root, folder, label), 'file')]),
  ),
});

const listSplits = (root: string): SplitFolder[] => {
  const found = namesIn(root, 'folder').flatMap((folder) => {
    const split = SPLIT_FOLDERS.get(folder.toLowerCase());
    return split === undefined ? [] : [{ folder, split }];
  });
  const isDivided = found.some(({ split }) => split === 'train');
  return isDivided
    ? found.map(({ folder, split }) => listSplit(root, folder, split))
    : [listSplit(root, '', 'train')];
};

const assertClasses = (root: string, splits: readonly SplitFolder[], labels: readonly string[]): void => {
  if (labels.length === 1) throw new SingleClassError(root, labels[0] as string);
  for (const { folder, classes } of splits) {
    const missing = labels.filter((label) => !classes.has(label));
    const unexpected = [...classes.keys()].filter((label) => !labels.includes(label));
    if (missing.length + unexpected.length > 0)
      throw new ClassFoldersDifferError(root, folder, missing, unexpected);
    for (const [label, files] of classes)
      if (files.length === 0) throw new EmptyClassError(label, join(root, folder, label));
  }
};

/**
 * Lists a folder of images: `split/class/image` where there is a `train` folder (besides `validation`, `val` or
 * `valid`, and `test`), else `class/image`, all of it `train`. Reads names, sizes and times only.
 *
 * @param params.classesMatter false where labels come from elsewhere and the class folders are mere folders.
 * @throws {NoImagesError} when there is no file in any class folder.
 * @throws {SingleClassError | EmptyClassError | ClassFoldersDifferError} when the class folders matter and are not
 * two or more, filled, and the same in every split.
 */
export const scanFolder = (params: {
  readonly root: string;
  readonly classesMatter: boolean;
}): FolderListing => {
  const { root, classesMatter } = params;
  const splits = listSplits(root);
  const labels = [...(splits.find(({ split }) => split === 'train')?.classes.keys() ?? [])];
  const isEmpty = splits.every(({ classes }) => [...classes.values()].every((files) => files.length === 0));
  if (isEmpty) throw new NoImagesError(root);
  if (classesMatter) assertClasses(root, splits, labels);
  const samples: Sample[] = [];
  const skipped: SkippedSource[] = [];
  const identity: string[] = [];
  for (const { folder, split, classes } of splits)
    for (const [label, files] of classes)
      for (const file of files) {
        const source = [folder, label, file].filter(Boolean).join('/');
        const path = join(root, source);
        const stat = statSync(path, { throwIfNoEntry: false });
        identity.push(`${source}\t${stat?.size}\t${stat?.mtimeMs}`);
        if (IMAGE_EXTENSIONS.has(extname(file).toLowerCase()))
          samples.push({ source, split, classIndex: labels.indexOf(label), picture: { kind: 'file', path } });
        else skipped.push({ source, reason: 'not named .png, .jpg, .jpeg or .webp' });
      }
  return { labels, samples, skipped, identity };
};
