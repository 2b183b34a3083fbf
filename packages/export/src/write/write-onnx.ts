import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType as ProtoDataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from '../gen/onnx_pb.ts';
import type { Attribute, Graph, GraphNode, Value } from '../graph/graph.ts';
import type { DataType, Tensor } from '../graph/tensor.ts';
import { nameValues, type GraphNames, type Initializer } from './name-values.ts';
import { separateOutputs } from './separate-outputs.ts';

/** The operator set that graphs are written in: ONNX 1.13's. */
export const OPSET = 18;

/** The file format's version: the one that came with the operator set. */
export const IR_VERSION = 8;

/** What written files say about where they come from. */
export const PRODUCER = { name: 'mien', version: '0.1.0' } as const;

const PROTO_TYPES: Readonly<Record<DataType, ProtoDataType>> = {
  float32: ProtoDataType.FLOAT,
  int64: ProtoDataType.INT64,
};

const attributeContent = (attribute: Attribute) => {
  switch (attribute.type) {
    case 'int':
      return { type: AttributeType.INT, i: BigInt(attribute.value) };
    case 'float':
      return { type: AttributeType.FLOAT, f: attribute.value };
    case 'ints':
      return { type: AttributeType.INTS, ints: attribute.value.map(BigInt) };
    default:
      return { type: AttributeType.STRING, s: new TextEncoder().encode(attribute.value) };
  }
};

const attributeProto = (name: string, attribute: Attribute): AttributeProto =>
  create(AttributeProtoSchema, { name, ...attributeContent(attribute) });

/** ONNX wants raw elements little-endian, whatever the machine. */
const rawData = (tensor: Tensor): Uint8Array => {
  const view = new DataView(new ArrayBuffer(tensor.data.byteLength));
  if (tensor.dtype === 'float32') {
    for (const [index, element] of tensor.data.entries()) view.setFloat32(index * 4, element, true);
  } else {
    for (const [index, element] of tensor.data.entries()) view.setBigInt64(index * 8, element, true);
  }
  return new Uint8Array(view.buffer);
};

const tensorProto = ({ name, tensor }: Initializer): TensorProto =>
  create(TensorProtoSchema, {
    name,
    dims: tensor.shape.map(BigInt),
    dataType: PROTO_TYPES[tensor.dtype],
    rawData: rawData(tensor),
  });

const valueInfo = (name: string, { dtype, shape }: Value): ValueInfoProto => {
  const dim = shape.map((size) =>
    typeof size === 'number'
      ? { value: { case: 'dimValue' as const, value: BigInt(size) } }
      : { value: { case: 'dimParam' as const, value: size } },
  );
  const tensorType = { elemType: PROTO_TYPES[dtype], shape: { dim } };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value: tensorType } } });
};

const nodeProto = (node: GraphNode, names: GraphNames): NodeProto => {
  const nameOf = (value: Value): string => names.ofValue.get(value) ?? '';
  return create(NodeProtoSchema, {
    name: names.ofNode.get(node) ?? '',
    opType: node.op,
    input: node.inputs.map(nameOf),
    output: [nameOf(node.output)],
    attribute: Object.entries(node.attributes).map(([name, attribute]) => attributeProto(name, attribute)),
  });
};

/**
 * Writes a graph as an ONNX file, opset 18. The same graph and metadata give the same bytes.
 *
 * @param metadata goes into the file's `metadata_props`, in the order given.
 * @returns the file's bytes.
 */
export const writeOnnx = (graph: Graph, metadata: Readonly<Record<string, string>> = {}): Uint8Array => {
  const separated = separateOutputs(graph);
  const names = nameValues(separated);
  const outputs = new Set(separated.outputs.map(({ value }) => value));
  const inner = separated.nodes.map((node) => node.output).filter((value) => !outputs.has(value));
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(IR_VERSION),
    opsetImport: [{ domain: '', version: BigInt(OPSET) }],
    producerName: PRODUCER.name,
    producerVersion: PRODUCER.version,
    graph: {
      name: separated.name,
      node: separated.nodes.map((node) => nodeProto(node, names)),
      initializer: names.initializers.map(tensorProto),
      input: separated.inputs.map(({ name, value }) => valueInfo(name, value)),
      output: separated.outputs.map(({ name, value }) => valueInfo(name, value)),
      valueInfo: inner.map((value) => valueInfo(names.ofValue.get(value) ?? '', value)),
    },
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  return toBinary(ModelProtoSchema, model);
};
