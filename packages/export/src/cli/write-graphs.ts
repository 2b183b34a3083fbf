import type { Precision } from '@mien/contract';
import { basename, extname, join } from 'node:path';
import { writeOnnxFile, type OnnxFile } from '../files/write-onnx-file.ts';
import type { PreciseGraph } from '../precision/precise-graph.ts';
import type { ConvertOptions } from './convert-options.ts';

/** What a file is called unless told otherwise. */
export const DEFAULT_OUT = 'model.onnx';

/**
 * What the file of each precision is called: as asked for where there is one, else `NAME.onnx` for fp32 and
 * `NAME.fp16.onnx`, `NAME.int8.onnx` for the others.
 */
export const outputName = (out: string, precision: Precision, isAlone: boolean): string => {
  if (isAlone || precision === 'fp32') return out;
  const extension = extname(out);
  return `${out.slice(0, out.length - extension.length)}.${precision}${extension}`;
};

/** A graph of one precision in its file. */
export interface WrittenGraph extends PreciseGraph, OnnxFile {
  /** The name of the file. */
  readonly file: string;
}

/** Writes graphs into a folder, each under its name. */
export const writeGraphs = async (
  folder: string,
  graphs: readonly PreciseGraph[],
  { out = DEFAULT_OUT, opset }: Pick<ConvertOptions, 'out' | 'opset'>,
): Promise<WrittenGraph[]> => {
  const written: WrittenGraph[] = [];
  for (const made of graphs) {
    const file = outputName(basename(out), made.precision, graphs.length === 1);
    const { path, bytes, ...data } = await writeOnnxFile(join(folder, file), made.graph, { opset });
    written.push({ ...made, ...data, file, path, bytes });
  }
  return written;
};
