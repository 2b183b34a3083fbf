import { open, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Graph } from '../graph/graph.ts';
import { fitsOneFile } from '../write/graph-size.ts';
import { writeOnnx, type FileSettings } from '../write/write-onnx.ts';
import { writeOnnxWithData, type DataPiece } from '../write/write-onnx-with-data.ts';

/** The most that one call of the file system takes everywhere. */
const LARGEST_WRITE = 2 ** 30;

const writePieces = async (path: string, pieces: readonly DataPiece[]): Promise<void> => {
  const file = await open(path, 'w');
  try {
    for (const { offset, bytes } of pieces) {
      for (let start = 0; start < bytes.byteLength;) {
        const length = Math.min(LARGEST_WRITE, bytes.byteLength - start);
        start += (await file.write(bytes, start, length, offset + start)).bytesWritten;
      }
    }
  } finally {
    await file.close();
  }
};

/** How a graph is put on disk. */
export interface OnnxFileSettings extends FileSettings {
  /** Set to keep constants of at least so many bytes in a file of their own. */
  readonly dataLimitBytes?: number | undefined;
}

/** What was written. */
export interface OnnxFile {
  readonly path: string;
  /** Of both files together. */
  readonly bytes: number;
  /** The name of the file that holds constants, `NAME.onnx.data`, where there is one. */
  readonly dataFile?: string;
}

/**
 * Writes a graph to disk. Where its constants are too large for one file, they go into another one beside it, asked for
 * or not.
 */
export const writeOnnxFile = async (
  path: string,
  graph: Graph,
  { dataLimitBytes, ...settings }: OnnxFileSettings = {},
): Promise<OnnxFile> => {
  if (dataLimitBytes === undefined && fitsOneFile(graph)) {
    const onnx = writeOnnx(graph, settings.metadata, settings.opset);
    await writeFile(path, onnx);
    return { path, bytes: onnx.byteLength };
  }
  const location = `${basename(path)}.data`;
  const split = writeOnnxWithData(graph, { ...settings, location, limitBytes: dataLimitBytes });
  const bytes = split.model.byteLength + split.dataBytes;
  await writeFile(path, split.model);
  if (split.pieces.length === 0) return { path, bytes };
  await writePieces(`${path}.data`, split.pieces);
  return { path, bytes, dataFile: location };
};
