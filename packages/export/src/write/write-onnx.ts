import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  GraphProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from '../gen/onnx_pb.ts';
import { outputsOf, type Attribute, type Graph, type GraphNode, type Value } from '../graph/graph.ts';
import { isName, type Dim } from '../graph/shape.ts';
import type { DataType, Tensor } from '../graph/tensor.ts';
import { assertFitsOneFile } from './graph-size.ts';
import { IR_VERSIONS, lowerOpset } from './lower-opset.ts';
import { nameValues, type GraphNames } from './name-values.ts';
import { separateOutputs } from './separate-outputs.ts';
import { PROTO_TYPES, tensorProto } from './tensor-proto.ts';

/** The operator set that graphs are written in: ONNX 1.13's. */
export const OPSET = 18;

/** The file format's version: the one that came with the operator set. */
export const IR_VERSION = 8;

/** What written files say about where they come from. */
export const PRODUCER = { name: 'mien', version: '0.1.0' } as const;

const isDataType = (text: string): text is DataType => Object.hasOwn(PROTO_TYPES, text);

/** `to` names a type by its number; everything else that is a text is one. */
const stringContent = (name: string, value: string) =>
  name === 'to' && isDataType(value)
    ? { type: AttributeType.INT, i: BigInt(PROTO_TYPES[value]) }
    : { type: AttributeType.STRING, s: new TextEncoder().encode(value) };

const attributeContent = (name: string, attribute: Attribute, names: GraphNames) => {
  switch (attribute.type) {
    case 'int':
      return { type: AttributeType.INT, i: BigInt(attribute.value) };
    case 'float':
      return { type: AttributeType.FLOAT, f: attribute.value };
    case 'ints':
      return { type: AttributeType.INTS, ints: attribute.value.map(BigInt) };
    case 'floats':
      return { type: AttributeType.FLOATS, floats: [...attribute.value] };
    case 'strings':
      return {
        type: AttributeType.STRINGS,
        strings: attribute.value.map((text) => new TextEncoder().encode(text)),
      };
    case 'tensor':
      return { type: AttributeType.TENSOR, t: tensorProto('', attribute.value) };
    case 'graph':
      return { type: AttributeType.GRAPH, g: graphProto(attribute.value, names) };
    default:
      return stringContent(name, attribute.value);
  }
};

const attributeProto = (name: string, attribute: Attribute, names: GraphNames): AttributeProto =>
  create(AttributeProtoSchema, { name, ...attributeContent(name, attribute, names) });

/** A size, its name, or neither where it is a formula. */
const dimProto = (size: Dim) => {
  if (typeof size === 'number') return { value: { case: 'dimValue' as const, value: BigInt(size) } };
  return isName(size) ? { value: { case: 'dimParam' as const, value: size } } : {};
};

const valueInfo = (name: string, { dtype, shape }: Value): ValueInfoProto => {
  const tensorType = { elemType: PROTO_TYPES[dtype], shape: { dim: shape.map(dimProto) } };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value: tensorType } } });
};

const nodeProto = (node: GraphNode, names: GraphNames): NodeProto => {
  const nameOf = (value: Value): string => names.ofValue.get(value) ?? '';
  return create(NodeProtoSchema, {
    name: names.ofNode.get(node) ?? '',
    opType: node.op,
    input: node.inputs.map(nameOf),
    output: outputsOf(node).map(nameOf),
    attribute: Object.entries(node.attributes).map(([name, attribute]) =>
      attributeProto(name, attribute, names),
    ),
  });
};

const namedInfo = (value: Value, names: GraphNames): ValueInfoProto =>
  valueInfo(names.ofValue.get(value) ?? '', value);

const graphProto = (graph: Graph, names: GraphNames): GraphProto => {
  const outputs = new Set(graph.outputs.map(({ value }) => value));
  const inner = graph.nodes.flatMap(outputsOf).filter((value) => !outputs.has(value));
  return create(GraphProtoSchema, {
    name: graph.name,
    node: graph.nodes.map((node) => nodeProto(node, names)),
    input: graph.inputs.map(({ value }) => namedInfo(value, names)),
    output: graph.outputs.map(({ value }) => namedInfo(value, names)),
    valueInfo: inner.map((value) => namedInfo(value, names)),
  });
};

/** What goes into a file beside its graph. */
export interface FileSettings {
  /** Goes into the file's `metadata_props`, in the order given. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** The operator set. */
  readonly opset?: number | undefined;
}

/** Puts a graph into the form of the file; how its constants are written is up to the caller. */
export const modelProto = (
  graph: Graph,
  { metadata = {}, opset = OPSET }: FileSettings,
  constantProto: (name: string, tensor: Tensor) => TensorProto,
): ModelProto => {
  const separated = separateOutputs(lowerOpset(graph, opset));
  const names = nameValues(separated);
  return create(ModelProtoSchema, {
    irVersion: BigInt(IR_VERSIONS[opset] ?? IR_VERSION),
    opsetImport: [{ domain: '', version: BigInt(opset) }],
    producerName: PRODUCER.name,
    producerVersion: PRODUCER.version,
    graph: {
      ...graphProto(separated, names),
      initializer: names.initializers.map(({ name, tensor }) => constantProto(name, tensor)),
    },
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
};

/**
 * Writes a graph as an ONNX file, opset 18 unless told otherwise. The same graph and metadata give the same bytes.
 *
 * @param metadata goes into the file's `metadata_props`, in the order given.
 * @returns the file's bytes.
 * @throws {OpsetError} for an operator set that is too old or too new.
 * @throws {GraphTooLargeError} when its constants are more than one file can hold; see {@link writeOnnxWithData}.
 */
export const writeOnnx = (
  graph: Graph,
  metadata: Readonly<Record<string, string>> = {},
  opset: number = OPSET,
): Uint8Array => {
  assertFitsOneFile(graph);
  return toBinary(ModelProtoSchema, modelProto(graph, { metadata, opset }, tensorProto));
};
