import { MienError } from '@mien/contract';
import type { InputGeometry } from '@mien/pixels';
import type { Head } from '../folder/precision-request.ts';
import type { LabelledImages } from '../precision/score-labels.ts';
import { findPictures } from './find-pictures.ts';
import { readPictures } from './read-pictures.ts';

/** Folders that are not named like the labels of the model. */
export class UnknownClassError extends MienError {
  override readonly name = 'UnknownClassError';
  constructor(
    readonly folder: string,
    readonly classes: readonly string[],
    readonly heads: readonly Head[],
  ) {
    const labels = heads.map(({ output, labels }) => `${output} has ${labels.join(', ')}`).join('; ');
    super(
      `The folders in ${folder} (${classes.join(', ')}) are not named like the labels of one output: ${labels}. ` +
        'Put the pictures of each label into a folder of its name.',
    );
  }
}

const classOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] as string) : '.');

/**
 * Reads pictures that lie in folders named after their labels, for the first output that has all these labels.
 *
 * @param heads the model's outputs, the main one first.
 * @param report is told what was left out.
 * @throws {NoPicturesError} when there are no pictures.
 * @throws {UnknownClassError} when no output has labels of these names.
 * @throws {UnreadablePicturesError} when pictures cannot be read.
 */
export const readLabelledPictures = async (
  folder: string,
  geometry: InputGeometry,
  heads: readonly Head[],
  report?: (line: string) => void,
): Promise<LabelledImages> => {
  const pictures = await findPictures(folder);
  const classes = [...new Set(pictures.map(classOf))];
  const head = heads.find(({ labels }) => classes.every((name) => labels.includes(name)));
  if (head === undefined) throw new UnknownClassError(folder, classes, heads);
  const read = await readPictures({ folder, paths: pictures, geometry, report });
  return {
    ...read,
    output: head.output,
    truth: read.paths.map((path) => head.labels.indexOf(classOf(path))),
  };
};
