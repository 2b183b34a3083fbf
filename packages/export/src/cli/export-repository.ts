import type { ModelCard } from '@mien/contract';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishFiles } from '../files/publish-files.ts';
import type { ExportedModel } from '../folder/export-model.ts';
import type { MadePrecision } from '../folder/make-precisions.ts';
import { repositoryPath, writeRepository } from '../triton/write-repository.ts';

const labelsOf = ({ graph, labels, otherHeads = [] }: ModelCard): Record<string, readonly string[]> =>
  Object.fromEntries([
    [graph.output.name, labels],
    ...otherHeads.map(({ output, labels: own }) => [output, own] as const),
  ]);

/** The name of the files where they were given one, else that of the model. */
const servedName = ({ card, precision }: MadePrecision, name: string | undefined): string => {
  const stem = (name ?? card.name).replaceAll(/[^\w.-]+/gu, '-');
  return precision === 'fp32' ? stem : `${stem}.${precision}`;
};

/**
 * Writes exported graphs into a Triton model repository, with the labels of every head.
 *
 * @param name of the model there, before the precision; that of its card where not given.
 * @returns the paths of the graphs.
 * @throws {OutputError} when the file system refuses.
 */
export const exportRepository = (
  folder: string,
  { graphs }: ExportedModel,
  name: string | undefined,
): Promise<string[]> =>
  publishFiles(folder, async (work) => {
    const paths: string[] = [];
    for (const made of graphs) {
      const served = servedName(made, name);
      const model = { name: served, graph: made.graph, labels: labelsOf(made.card) };
      await writeRepository(work, model, (path) => writeFile(path, made.onnx));
      paths.push(join(folder, repositoryPath(served)));
    }
    return paths;
  });
