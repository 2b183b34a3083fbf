import { create } from '@bufbuild/protobuf';
import {
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as ProtoDataType,
  TensorProtoSchema,
  type TensorProto,
} from '../gen/onnx_pb.ts';
import type { DataType, Tensor } from '../graph/tensor.ts';

/** The numbers by which files name element types. */
export const PROTO_TYPES: Readonly<Record<DataType, ProtoDataType>> = {
  bool: ProtoDataType.BOOL,
  float16: ProtoDataType.FLOAT16,
  float32: ProtoDataType.FLOAT,
  int8: ProtoDataType.INT8,
  int32: ProtoDataType.INT32,
  int64: ProtoDataType.INT64,
  string: ProtoDataType.STRING,
  uint8: ProtoDataType.UINT8,
};

/** A constant that has a raw form: any but texts. */
export type RawTensor = Exclude<Tensor, { dtype: 'string' }>;

/** Turns the bytes of every element around. */
export const swapBytes = (bytes: Uint8Array, bytesPerElement: number): Uint8Array => {
  const swapped = bytes.slice();
  for (let start = 0; start < swapped.length; start += bytesPerElement) {
    swapped.subarray(start, start + bytesPerElement).reverse();
  }
  return swapped;
};

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A constant's elements as ONNX wants them, little-endian; a view of them where the machine has them so. */
export const rawData = ({ data }: RawTensor): Uint8Array => {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return IS_LITTLE_ENDIAN ? bytes : swapBytes(bytes, data.BYTES_PER_ELEMENT);
};

const header = (name: string, { dtype, shape }: Tensor) => ({
  name,
  dims: shape.map(BigInt),
  dataType: PROTO_TYPES[dtype],
});

/** Writes a constant. Texts have no raw form and go into a field of their own. */
export const tensorProto = (name: string, tensor: Tensor): TensorProto => {
  const content =
    tensor.dtype === 'string'
      ? { stringData: tensor.data.map((text) => new TextEncoder().encode(text)) }
      : { rawData: rawData(tensor) };
  return create(TensorProtoSchema, { ...header(name, tensor), ...content });
};

/** Where the bytes of a constant lie in a file beside the model's. */
export interface DataPlace {
  /** The file's path, relative to the model's. */
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

/** Writes a constant whose elements lie in another file. */
export const externalTensorProto = (name: string, tensor: RawTensor, place: DataPlace): TensorProto =>
  create(TensorProtoSchema, {
    ...header(name, tensor),
    dataLocation: DataLocation.EXTERNAL,
    externalData: Object.entries(place).map(([key, value]) => ({ key, value: String(value) })),
  });
