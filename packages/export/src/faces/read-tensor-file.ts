import { fromBinary } from '@bufbuild/protobuf';
import { MienError } from '@mien/contract';
import type { InputGeometry } from '@mien/pixels';
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
      `${path} holds ${found}; an ONNX tensor (TensorProto) of floats ${wanted} is needed. ` +
        'Give such a file, or a folder of faces, which are resized as needed.',
      options,
    );
  }
}

/** How files write the type; protobuf leaves it a plain number. */
const FLOAT: number = ProtoDataType.FLOAT;

const floatsOf = ({ dataType, rawData, floatData }: TensorProto): Float32Array | undefined => {
  if (dataType !== FLOAT) return undefined;
  if (rawData === undefined || rawData.length === 0) return Float32Array.from(floatData);
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  return Float32Array.from({ length: rawData.byteLength / 4 }, (_, index) =>
    view.getFloat32(index * 4, true),
  );
};

/**
 * Reads inputs of a model from a file as the ONNX test data has them, e.g. `input_0.pb`.
 *
 * @throws {TensorFileError} when the file is something else, or of another size than the model's input.
 */
export const readTensorFile = async (path: string, geometry: InputGeometry): Promise<ImageSet> => {
  const shape = [geometry.channels, geometry.heightPx, geometry.widthPx];
  const wanted = `[N, ${shape.join(', ')}]`;
  let tensor: TensorProto;
  try {
    tensor = fromBinary(TensorProtoSchema, await readFile(path));
  } catch (error) {
    throw new TensorFileError(path, wanted, 'no tensor', { cause: error });
  }
  const data = floatsOf(tensor);
  const [count = 0, ...rest] = tensor.dims.map(Number);
  if (data === undefined || rest.join() !== shape.join() || data.length !== count * elementCount(shape)) {
    throw new TensorFileError(path, wanted, `a tensor of shape [${tensor.dims.join(', ')}]`);
  }
  return { count, shape, data };
};
