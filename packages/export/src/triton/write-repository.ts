import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelConfig, type ServedModel } from './model-config.ts';

/** A graph for a repository, and the names of its classes. */
export interface RepositoryModel extends Pick<ServedModel, 'name' | 'graph'> {
  /** By the name of the output that they belong to, the main one first. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
}

/** The path of a model's file in a repository. */
export const repositoryPath = (name: string): string => join(name, '1', 'model.onnx');

/** The main output's labels have the plain name, others that of their output. */
const labelFile = (output: string, index: number): string =>
  index === 0 ? 'labels.txt' : `labels.${output.replaceAll(/[^\w.-]/gu, '_')}.txt`;

/**
 * Writes a model into a Triton model repository: `NAME/config.pbtxt`, `NAME/labels.txt` where there are labels, and the
 * graph as version 1.
 *
 * @param folder of the repository.
 * @param writeGraph writes the graph to the path that it is given, and data beside it.
 * @returns what `writeGraph` gives.
 */
export const writeRepository = async <T>(
  folder: string,
  { name, graph, labels }: RepositoryModel,
  writeGraph: (path: string) => Promise<T>,
): Promise<T> => {
  await mkdir(join(folder, name, '1'), { recursive: true });
  const outputs = Object.keys(labels);
  const labelFiles = Object.fromEntries(outputs.map((output, index) => [output, labelFile(output, index)]));
  for (const [output, file] of Object.entries(labelFiles)) {
    await writeFile(join(folder, name, file), `${labels[output]?.join('\n')}\n`);
  }
  await writeFile(join(folder, name, 'config.pbtxt'), modelConfig({ name, graph, labelFiles }));
  return writeGraph(join(folder, repositoryPath(name)));
};
