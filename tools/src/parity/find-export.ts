import { stat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MienError } from '@mien/contract';

/** Nothing has been exported yet. */
export class NoExportError extends MienError {
  override readonly name = 'NoExportError';
  constructor(readonly folder: string) {
    super(`Found no exported model in ${folder}. Run \`npx nx run export:onnx\`, or pass --model FOLDER.`);
  }
}

/** What an export's graph is called unless it was given another name. */
const GRAPH = 'model.onnx';

/** The path of the card that belongs to a graph, `NAME.card.json` beside `NAME.onnx`. */
export const cardBeside = (graph: string): string => graph.replace(/(?:\.onnx)?$/u, '.card.json');

/** When a graph that has its card was written, ms since 1970; `undefined` where one of them is not there. */
const writtenAt = async (graph: string): Promise<number | undefined> => {
  const files = [graph, cardBeside(graph)].map((file) => stat(file));
  return Promise.all(files).then(
    ([graph]) => graph?.mtimeMs,
    () => undefined,
  );
};

/**
 * Makes sure that an export is whole.
 *
 * @param place the ONNX file, or the folder that holds `model.onnx`.
 * @returns the path of the ONNX file.
 * @throws {NoExportError} when the graph or its card is not there.
 */
export const checkExport = async (place: string): Promise<string> => {
  const graph = place.endsWith('.onnx') ? place : join(place, GRAPH);
  if ((await writtenAt(graph)) === undefined) throw new NoExportError(place);
  return graph;
};

/**
 * Finds the export that was written last.
 *
 * @param folder holds one folder per trained model, each with its export in `onnx/`.
 * @returns the path of its ONNX file.
 * @throws {NoExportError} when there is none.
 */
export const findNewestExport = async (folder: string): Promise<string> => {
  const paths = (await readdir(folder).catch((): string[] => [])).map((name) =>
    join(folder, name, 'onnx', GRAPH),
  );
  const times = await Promise.all(paths.map(writtenAt));
  const newest = times.reduce<number>(
    (best, time, index) => ((time ?? 0) > (times[best] ?? 0) ? index : best),
    0,
  );
  if (times[newest] === undefined) throw new NoExportError(folder);
  return paths[newest] as string;
};
