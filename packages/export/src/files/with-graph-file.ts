import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Graph } from '../graph/graph.ts';
import type { OnnxSource } from '../verify/open-session.ts';
import { fitsOneFile } from '../write/graph-size.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { writeOnnxFile } from './write-onnx-file.ts';

/** Lends a graph as a file, in memory where it fits into one, else in a temporary folder. */
export const withGraphFile = async <T>(graph: Graph, use: (file: OnnxSource) => Promise<T>): Promise<T> => {
  if (fitsOneFile(graph)) return use(writeOnnx(graph));
  const folder = await mkdtemp(join(tmpdir(), 'tfjs-to-onnx-'));
  try {
    return await use((await writeOnnxFile(join(folder, 'graph.onnx'), graph)).path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
