import { MienError } from '@mien/contract';
import { readFile } from 'node:fs/promises';
import type { NamedValue } from '../graph/graph.ts';
import { formatShape } from '../graph/shape.ts';
import { isRecord } from '../read/is-record.ts';

/** A file that holds no labels. */
export class LabelsFileError extends MienError {
  override readonly name = 'LabelsFileError';
  constructor(
    readonly path: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(
      `Cannot take labels from ${path}: ${problem}. Give a file of one label a line, or a JSON list.`,
      options,
    );
  }
}

/** Labels that are not one for each number of an output. */
export class LabelCountError extends MienError {
  override readonly name = 'LabelCountError';
  constructor(
    readonly count: number,
    outputs: readonly NamedValue[],
  ) {
    const shapes = outputs.map(({ name, value }) => `${name} ${formatShape(value.shape)}`).join(', ');
    super(
      `There are ${count} labels, and no output gives as many numbers: ${shapes}. Give one label for each class.`,
    );
  }
}

const isText = (item: unknown): item is string => typeof item === 'string';

const parseLines = (text: string): string[] =>
  text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/**
 * Reads class names: one a line, or a JSON list.
 *
 * @throws {LabelsFileError} when there is no such file, or no name in it.
 */
export const readLabels = async (path: string): Promise<readonly string[]> => {
  let labels: unknown;
  try {
    const text = await readFile(path, 'utf8');
    labels = text.trimStart().startsWith('[') ? JSON.parse(text) : parseLines(text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new LabelsFileError(path, code === 'ENOENT' ? 'there is no such file' : message, { cause: error });
  }
  if (!Array.isArray(labels) || labels.length === 0 || !labels.every(isText)) {
    throw new LabelsFileError(path, 'it holds no list of names');
  }
  return labels;
};

/** Reads the labels of a model's card; `undefined` where there is none, or it names no classes. */
export const readCardLabels = async (path: string): Promise<readonly string[] | undefined> => {
  try {
    const card: unknown = JSON.parse(await readFile(path, 'utf8'));
    const labels = isRecord(card) ? card['labels'] : undefined;
    return Array.isArray(labels) && labels.length > 0 && labels.every(isText) ? labels : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Finds the output that labels belong to: the first whose rows have one number for each.
 *
 * @throws {LabelCountError} when there is none.
 */
export const labelledOutput = (labels: readonly string[], outputs: readonly NamedValue[]): string => {
  const found = outputs.find(({ value: { shape } }) => shape.length === 2 && shape[1] === labels.length);
  if (found === undefined) throw new LabelCountError(labels.length, outputs);
  return found.name;
};
