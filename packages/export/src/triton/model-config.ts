import type { Graph, NamedValue } from '../graph/graph.ts';
import { BATCH, type Dim } from '../graph/shape.ts';
import type { DataType } from '../graph/tensor.ts';

/** What Triton calls element types (`DataType` of its model_config.proto). */
const TYPES: Readonly<Record<DataType, string>> = {
  bool: 'TYPE_BOOL',
  float16: 'TYPE_FP16',
  float32: 'TYPE_FP32',
  int8: 'TYPE_INT8',
  int32: 'TYPE_INT32',
  int64: 'TYPE_INT64',
  string: 'TYPE_STRING',
  uint8: 'TYPE_UINT8',
};

/** How many inputs Triton puts together at most, at which numbers it likes to stop waiting, and how long it waits. */
const MAX_BATCH = 32;
const PREFERRED_BATCHES = [8, 16, 32];
const MAX_DELAY_MICROSECONDS = 1000;

/** A graph as a server knows it. */
export interface ServedModel {
  /** The name of its folder in the repository. */
  readonly name: string;
  readonly graph: Pick<Graph, 'inputs' | 'outputs'>;
  /** The file with the names of an output's classes, by the name of the output. */
  readonly labelFiles?: Readonly<Record<string, string>> | undefined;
}

const isBatch = (dim: Dim | undefined): boolean =>
  dim === BATCH || (typeof dim === 'string' && dim.startsWith(`${BATCH}_`));

/** True where every input and output has the batch as its first size, so that requests can be put together. */
const isBatchOpen = ({ inputs, outputs }: ServedModel['graph']): boolean =>
  [...inputs, ...outputs].every(({ value }) => isBatch(value.shape[0]));

const quote = (text: string): string => JSON.stringify(text);

const list = (numbers: readonly number[]): string => `[ ${numbers.join(', ')} ]`;

/** Sizes for Triton: -1 for open ones; a single number, which it cannot say, is a vector of one, reshaped. */
const dims = (shape: readonly Dim[]): string[] => {
  if (shape.length === 0) return ['dims: [ 1 ]', 'reshape { shape: [ ] }'];
  return [`dims: ${list(shape.map((dim) => (typeof dim === 'number' ? dim : -1)))}`];
};

const port = (
  { name, value: { dtype, shape } }: NamedValue,
  { isBatched, labels }: { readonly isBatched: boolean; readonly labels?: string | undefined },
): string => {
  const lines = [
    `name: ${quote(name)}`,
    `data_type: ${TYPES[dtype]}`,
    ...dims(isBatched ? shape.slice(1) : shape),
    ...(labels === undefined ? [] : [`label_filename: ${quote(labels)}`]),
  ];
  return `  {\n${lines.map((line) => `    ${line}`).join('\n')}\n  }`;
};

const dynamicBatching = [
  '',
  '# Requests that arrive within the delay run together.',
  'dynamic_batching {',
  `  preferred_batch_size: ${list(PREFERRED_BATCHES)}`,
  `  max_queue_delay_microseconds: ${MAX_DELAY_MICROSECONDS}`,
  '}',
];

/**
 * Writes the configuration of a graph for NVIDIA Triton's ONNX Runtime backend, as protobuf text: `config.pbtxt`.
 *
 * Where every input and output begins with the batch, Triton forms batches of up to 32 itself, and shapes are given
 * without it; else each request runs by itself, with shapes as the graph has them.
 */
export const modelConfig = (model: ServedModel): string => {
  const { name, graph, labelFiles = {} } = model;
  const isBatched = isBatchOpen(graph);
  const inputs = graph.inputs.map((input) => port(input, { isBatched }));
  const outputs = graph.outputs.map((output) => port(output, { isBatched, labels: labelFiles[output.name] }));
  const lines = [
    `name: ${quote(name)}`,
    'platform: "onnxruntime_onnx"',
    `max_batch_size: ${isBatched ? MAX_BATCH : 0}`,
    `input [\n${inputs.join(',\n')}\n]`,
    `output [\n${outputs.join(',\n')}\n]`,
    ...(isBatched ? dynamicBatching : []),
    '',
    '# One copy of the model on each GPU, or on the processor where there is none.',
    'instance_group [ { count: 1, kind: KIND_AUTO } ]',
  ];
  return `${lines.join('\n')}\n`;
};
