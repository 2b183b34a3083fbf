import { MienError } from '@mien/contract';
import { allNodes, type Graph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';

/** Protobuf, the form of ONNX files, ends at 2 GiB; an eighth of that is left for nodes, names and shapes. */
export const LARGEST_CONSTANTS = 2 ** 31 - 2 ** 28;

/** A graph that one ONNX file cannot hold. */
export class GraphTooLargeError extends MienError {
  override readonly name = 'GraphTooLargeError';
  constructor(readonly bytes: number) {
    super(
      `The graph has ${(bytes / 1e9).toFixed(2)} GB of weights, and an ONNX file ends at 2 GiB. ` +
        'Keep them in a file beside it: writeOnnxWithData in code, --external-data on the command line.',
    );
  }
}

/** Counts the bytes of all constants of a graph, shared ones once. */
export const constantBytes = (graph: Graph): number => {
  const constants = new Set(
    allNodes(graph).flatMap(({ inputs }) => inputs.map(({ constant }) => constant?.tensor.data)),
  );
  const bytesOf = (data: Tensor['data'] | undefined): number =>
    data !== undefined && 'byteLength' in data ? data.byteLength : 0;
  return Array.from(constants, bytesOf).reduce((sum, bytes) => sum + bytes, 0);
};

/** True where a graph and its constants go into one file. */
export const fitsOneFile = (graph: Graph): boolean => constantBytes(graph) <= LARGEST_CONSTANTS;

/** @throws {GraphTooLargeError} where they do not. */
export const assertFitsOneFile = (graph: Graph): void => {
  if (!fitsOneFile(graph)) throw new GraphTooLargeError(constantBytes(graph));
};
