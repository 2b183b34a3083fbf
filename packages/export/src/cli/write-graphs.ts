import type { Precision } from '@mien/contract';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { publishFiles } from '../files/publish-files.ts';
import { writeOnnxFile, type OnnxFile } from '../files/write-onnx-file.ts';
import type { Graph } from '../graph/graph.ts';
import type { PreciseGraph } from '../precision/precise-graph.ts';
import { labelledOutput, readCardLabels, readLabels } from '../triton/labels.ts';
import { repositoryPath, writeRepository } from '../triton/write-repository.ts';
import type { ConvertOptions } from './convert-options.ts';
import { UnusedOptionError } from './precision-options.ts';

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
  /** The path of the file in the folder that it is for. */
  readonly file: string;
}

/** A folder, and what is written into it. */
export interface Destination {
  readonly folder: string;
  readonly write: (workFolder: string, graphs: readonly PreciseGraph[]) => Promise<WrittenGraph[]>;
}

type WriteOptions = Pick<ConvertOptions, 'out' | 'opset' | 'externalData' | 'triton' | 'labels'>;

const settingsOf = ({ opset, externalData }: WriteOptions) => ({ opset, dataLimitBytes: externalData });

const files = (out: string, options: WriteOptions): Destination => ({
  folder: dirname(out),
  write: async (folder, graphs) => {
    const written: WrittenGraph[] = [];
    for (const made of graphs) {
      const file = outputName(basename(out), made.precision, graphs.length === 1);
      written.push({
        ...made,
        file,
        ...(await writeOnnxFile(join(folder, file), made.graph, settingsOf(options))),
      });
    }
    return written;
  },
});

/** What models are called when nobody called them anything. */
const COMMON_STEM = 'model';

/** A model's name in a repository: that of the ONNX file or the model file, or of its folder where all are called so. */
const servedName = (model: string, out: string | undefined): string => {
  const stem = basename(out ?? model).replace(/\.(?:json|onnx)(?:\.gz)?$/u, '');
  const name = out === undefined && stem === COMMON_STEM ? basename(dirname(resolve(model))) : stem;
  return name.replaceAll(/[^\w.-]+/gu, '-');
};

const labelsFor = async (
  model: string,
  { labels }: WriteOptions,
  { outputs }: Graph,
): Promise<Record<string, readonly string[]>> => {
  const folder = /\.json(?:\.gz)?$/u.test(model) ? dirname(model) : model;
  const found =
    labels === undefined ? await readCardLabels(join(folder, 'card.json')) : await readLabels(labels);
  return found === undefined ? {} : { [labelledOutput(found, outputs)]: found };
};

const repository = async (
  folder: string,
  model: string,
  graph: Graph,
  options: WriteOptions,
): Promise<Destination> => {
  const labels = await labelsFor(model, options, graph);
  const stem = servedName(model, options.out);
  return {
    folder,
    write: async (work, graphs) => {
      const written: WrittenGraph[] = [];
      for (const made of graphs) {
        const isPlain = graphs.length === 1 || made.precision === 'fp32';
        const name = isPlain ? stem : `${stem}.${made.precision}`;
        const file = await writeRepository(work, { name, graph: made.graph, labels }, (path) =>
          writeOnnxFile(path, made.graph, settingsOf(options)),
        );
        written.push({ ...made, file: repositoryPath(name), ...file });
      }
      return written;
    },
  };
};

/**
 * Finds where a conversion goes: to the file that was asked for, into a Triton repository, or both.
 *
 * @param model the path of the model.
 * @throws {UnusedOptionError} when there are labels and no repository.
 * @throws {LabelsFileError} when labels cannot be read.
 * @throws {LabelCountError} when they belong to no output.
 */
export const destinationsOf = async (
  model: string,
  graph: Graph,
  options: WriteOptions,
): Promise<readonly [Destination, ...Destination[]]> => {
  const { out, triton, labels } = options;
  if (triton === undefined) {
    if (labels !== undefined) throw new UnusedOptionError('--labels', '--triton', '--triton and a folder');
    return [files(out ?? DEFAULT_OUT, options)];
  }
  const served = await repository(triton, model, graph, options);
  return out === undefined ? [served] : [files(out, options), served];
};

/** What was written to one place. */
export interface Published {
  readonly folder: string;
  readonly written: readonly WrittenGraph[];
}

/**
 * Writes graphs to all their destinations, and puts them in place once `prove` is content with the first.
 *
 * @throws {OutputError} when the file system refuses; otherwise what `prove` throws.
 */
export const publishGraphs = (
  [first, ...others]: readonly [Destination, ...Destination[]],
  graphs: readonly PreciseGraph[],
  prove: (written: readonly WrittenGraph[]) => Promise<void>,
): Promise<readonly Published[]> =>
  publishFiles(first.folder, async (work) => {
    const written = await first.write(work, graphs);
    await prove(written);
    const published: Published[] = [{ folder: first.folder, written }];
    for (const { folder, write } of others) {
      published.push({ folder, written: await publishFiles(folder, (inner) => write(inner, graphs)) });
    }
    return published;
  });
