import { create } from '@bufbuild/protobuf';
import {
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

/** ONNX wants raw elements little-endian, whatever the machine. */
const rawData = (tensor: Exclude<Tensor, { dtype: 'string' }>): Uint8Array => {
  const view = new DataView(new ArrayBuffer(tensor.data.byteLength));
  switch (tensor.dtype) {
    case 'float32':
      for (const [index, element] of tensor.data.entries()) view.setFloat32(index * 4, element, true);
      break;
    case 'float16':
      for (const [index, element] of tensor.data.entries()) view.setUint16(index * 2, element, true);
      break;
    case 'int32':
      for (const [index, element] of tensor.data.entries()) view.setInt32(index * 4, element, true);
      break;
    case 'int64':
      for (const [index, element] of tensor.data.entries()) view.setBigInt64(index * 8, element, true);
      break;
    default:
      for (const [index, element] of tensor.data.entries()) view.setUint8(index, element);
  }
  return new Uint8Array(view.buffer);
};

/** Writes a constant. Texts have no raw form and go into a field of their own. */
export const tensorProto = (name: string, tensor: Tensor): TensorProto => {
  const content =
    tensor.dtype === 'string'
      ? { stringData: tensor.data.map((text) => new TextEncoder().encode(text)) }
      : { rawData: rawData(tensor) };
  return create(TensorProtoSchema, {
    name,
    dims: tensor.shape.map(BigInt),
    dataType: PROTO_TYPES[tensor.dtype],
    ...content,
  });
};
