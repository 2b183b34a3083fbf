import { fromBinary } from '@bufbuild/protobuf';
import { MienError } from '@mien/contract';
import { readFile } from 'node:fs/promises';
import {
  TensorProto_DataType as ProtoDataType,
  TensorProtoSchema,
  type TensorProto,
} from '../gen/onnx_pb.ts';
import { elementCount } from '../graph/shape.ts';
import type { ImageSet } from '../precision/image-set.ts';

/** A file that does not hold inputs of the model. */
export class TensorFileError extends MienError {
  override readonly name = 'TensorFileError';
  constructor(
    readonly path: string,
    readonly wanted: string,
    readonly found: string,
    options?: ErrorOptions,
  ) {
    super(
      `${path} holds ${found}; an ONNX tensor (TensorProto) of ${wanted} is needed. ` +
        'Give such a file, or a folder of pictures, which are resized as needed.',
      options,
    );
  }
}

/** What inputs a model takes. */
export interface TensorKind {
  readonly dtype: 'float32' | 'int32';
  /** Of one input, without the batch. */
  readonly shape: readonly number[];
}

/** How files write the types; protobuf leaves them plain numbers. */
const PROTO_TYPE: Readonly<Record<TensorKind['dtype'], number>> = {
  float32: ProtoDataType.FLOAT,
  int32: ProtoDataType.INT32,
};

const numbersOf = (
  { dataType, rawData, floatData, int32Data }: TensorProto,
  dtype: TensorKind['dtype'],
): Float32Array | undefined => {
  if (dataType !== PROTO_TYPE[dtype]) return undefined;
  if (rawData === undefined || rawData.length === 0) {
    return Float32Array.from(dtype === 'float32' ? floatData : int32Data);
  }
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  const read = (index: number): number =>
    dtype === 'float32' ? view.getFloat32(index * 4, true) : view.getInt32(index * 4, true);
  return Float32Array.from({ length: rawData.byteLength / 4 }, (_, index) => read(index));
};

/**
 * Reads inputs of a model from a file as the ONNX test data has them, e.g. `input_0.pb`.
 *
 * @throws {TensorFileError} when the file is something else, or of another size than the model's input.
 */
export const readTensorFile = async (path: string, { dtype, shape }: TensorKind): Promise<ImageSet> => {
  const wanted = `${dtype} [N${shape.map((size) => `, ${size}`).join('')}]`;
  let tensor: TensorProto;
  try {
    tensor = fromBinary(TensorProtoSchema, await readFile(path));
  } catch (error) {
    throw new TensorFileError(path, wanted, 'no tensor', { cause: error });
  }
  const data = numbersOf(tensor, dtype);
  const [count = 0, ...rest] = tensor.dims.map(Number);
  if (data === undefined || rest.join() !== shape.join() || data.length !== count * elementCount(shape)) {
    throw new TensorFileError(path, wanted, `a tensor of shape [${tensor.dims.join(', ')}]`);
  }
  return { count, shape, data };
};
