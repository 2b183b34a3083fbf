import { toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from '../gen/onnx_pb.ts';
import type { Graph } from '../graph/graph.ts';
import { externalTensorProto, rawData, tensorProto, type DataPlace } from './tensor-proto.ts';
import { modelProto, type FileSettings } from './write-onnx.ts';

/** Smaller constants stay in the model's file unless told otherwise; ONNX's own tools draw the line here, too. */
export const DEFAULT_DATA_LIMIT = 1024;

/** Large constants start at a page, so that runtimes can map the file into memory; others where their elements align. */
const PAGE = 4096;
const ALIGNMENT = 64;
const MAPPED_FROM = 2 ** 20;

/** Bytes and where they go in the data file. What lies between two pieces is zeros. */
export interface DataPiece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A graph in two files. */
export interface OnnxWithData {
  /** The bytes of the model's file. */
  readonly model: Uint8Array;
  /** What the data file holds, in order. Piece by piece, as no buffer may be as large as such a file. */
  readonly pieces: readonly DataPiece[];
  /** The data file's size. */
  readonly dataBytes: number;
}

/** How to split a graph. */
export interface DataSettings extends FileSettings {
  /** What the data file is called; it has to lie beside the model's file. */
  readonly location: string;
  /** Constants of at least so many bytes go there. Default {@link DEFAULT_DATA_LIMIT}. */
  readonly limitBytes?: number | undefined;
}

/** Lays out constants one after another. */
class DataLayout {
  readonly pieces: DataPiece[] = [];
  end = 0;

  constructor(readonly location: string) {}

  place(bytes: Uint8Array): DataPlace {
    const step = bytes.byteLength >= MAPPED_FROM ? PAGE : ALIGNMENT;
    const offset = Math.ceil(this.end / step) * step;
    this.pieces.push({ offset, bytes });
    this.end = offset + bytes.byteLength;
    return { location: this.location, offset, length: bytes.byteLength };
  }
}

/**
 * Writes a graph as an ONNX file and a file of its large constants (ONNX's "external data"): there is no limit to their
 * size, and runtimes can map them into memory. The same graph and settings give the same bytes.
 *
 * @throws {OpsetError} for an operator set that is too old or too new.
 */
export const writeOnnxWithData = (graph: Graph, settings: DataSettings): OnnxWithData => {
  const { location, limitBytes = DEFAULT_DATA_LIMIT } = settings;
  const layout = new DataLayout(location);
  const model = modelProto(graph, settings, (name, tensor) => {
    if (tensor.dtype === 'string' || tensor.data.byteLength < limitBytes) return tensorProto(name, tensor);
    return externalTensorProto(name, tensor, layout.place(rawData(tensor)));
  });
  return { model: toBinary(ModelProtoSchema, model), pieces: layout.pieces, dataBytes: layout.end };
};
