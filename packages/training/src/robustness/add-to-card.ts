import { join } from 'node:path';
import { parseTrainedModelCard, type Robustness } from '@mien/contract';
import { readModelJson } from '../evaluate/read-model-artifacts.ts';
import { writeAtomically } from '../fit/write-atomically.ts';
import type { RobustnessScores, RobustnessTable } from './measure-robustness.ts';

const scoresOf = ({ samples, accuracy, macroF1 }: RobustnessScores) => ({ samples, accuracy, macroF1 });

const entryOf = ({ clean, rows, ...about }: RobustnessTable): Robustness => ({
  ...about,
  clean: scoresOf(clean),
  rows: rows.map((row) => ({
    corruption: row.corruption,
    strength: row.strength,
    level: row.level,
    ...scoresOf(row),
  })),
});

/** Whether both are figures of the same head on the same images, so that one replaces the other. */
const isSameSubject = (one: Robustness, other: Robustness): boolean =>
  (['dataset', 'split', 'protocol', 'output'] as const).every((key) => one[key] === other[key]);

/**
 * Puts a table into the card of a trained model. It replaces an earlier table of the same head on the same images;
 * everything else in the card stays.
 *
 * @param folder the trained model's folder.
 * @returns the path of the card.
 * @throws {InvalidModelCardError} when the card does not follow its schema.
 * @throws {WriteFailedError} when it cannot be written; the card is then what it was.
 */
export const addToCard = async (folder: string, table: RobustnessTable): Promise<string> => {
  const file = join(folder, 'card.json');
  const written = (await readModelJson(file)) as object;
  const entry = entryOf(table);
  const others = (parseTrainedModelCard(written, file).robustness ?? []).filter(
    (other) => !isSameSubject(other, entry),
  );
  const card = { ...written, robustness: [...others, entry] };
  parseTrainedModelCard(card, file);
  await writeAtomically(file, `${JSON.stringify(card, null, 2)}\n`);
  return file;
};
