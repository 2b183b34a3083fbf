import type { Tensor, Tensors } from '@mien/pipeline';
import { endianness } from 'node:os';
import { TensorRequestError } from '../problem/request-errors.ts';
import type { InferRequest } from './infer-message.ts';

/** An answer: its JSON part, and the bytes of the tensors that were asked for as such. */
export interface InferResponse {
  readonly json: object;
  readonly bytes: readonly Uint8Array[];
}

const wantedOutputs = ({ outputs, parameters }: InferRequest, given: Tensors) =>
  outputs === undefined || outputs.length === 0
    ? Object.keys(given).map((name) => ({ name, binary: parameters?.binary_data_output === true }))
    : outputs.map(({ name, parameters: own }) => ({
        name,
        binary: (own?.binary_data ?? parameters?.binary_data_output) === true,
      }));

const outputOf = (name: string, { data, dims }: Tensor, binary: boolean) => ({
  name,
  shape: dims,
  datatype: 'FP32',
  ...(binary ? { parameters: { binary_data_size: data.byteLength } } : { data: Array.from(data) }),
});

/** Little-endian bytes, as the protocol wants them; that is how every machine that Node runs on today keeps them. */
const toBytes = (data: Float32Array): Uint8Array => {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32();
};

/**
 * Puts what a graph gave into the form that was asked for.
 *
 * @throws {TensorRequestError} when an output is asked for that the graph does not give, or one more than once.
 */
export const toInferResponse = (model: string, request: InferRequest, given: Tensors): InferResponse => {
  const bytes: Uint8Array[] = [];
  const wanted = wantedOutputs(request, given);
  // Each output is written out: a short request could ask for gigabytes of one and the same.
  if (new Set(wanted.map(({ name }) => name)).size < wanted.length)
    throw new TensorRequestError('an output is asked for more than once');
  const outputs = wanted.map(({ name, binary }) => {
    const tensor = Object.hasOwn(given, name) ? given[name] : undefined;
    if (tensor === undefined)
      throw new TensorRequestError(
        `"${name}" is no output of ${model}, which gives ${Object.keys(given).join(', ')}`,
      );
    if (binary) bytes.push(toBytes(tensor.data));
    return outputOf(name, tensor, binary);
  });
  const id = request.id === undefined ? {} : { id: request.id };
  return { json: { model_name: model, ...id, outputs }, bytes };
};
