import { endianness } from 'node:os';
import { TensorRequestError, MalformedBodyError } from '../problem/request-errors.ts';

/** A tensor of a request, as its JSON part says. */
export interface RequestedInput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly parameters?: { readonly binary_data_size?: unknown };
  readonly data?: readonly unknown[];
}

/** The JSON part of a request to run a graph. */
export interface InferRequest {
  readonly id?: string;
  readonly parameters?: { readonly binary_data_output?: unknown };
  readonly inputs: readonly RequestedInput[];
  readonly outputs?: readonly {
    readonly name: string;
    readonly parameters?: { readonly binary_data?: unknown };
  }[];
}

/** The header that says how much of a message is JSON; bytes of tensors follow, one after the other. */
export const JSON_LENGTH_HEADER = 'inference-header-content-length';

const parseJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new MalformedBodyError(`it is no JSON (${(error as Error).message})`);
  }
};

/**
 * Parts a message into its JSON and the bytes after it.
 *
 * @param jsonLength what {@link JSON_LENGTH_HEADER} says; undefined where all of it is JSON.
 * @throws {MalformedBodyError} when the length is none, or the JSON is not.
 */
export const splitMessage = (
  body: Buffer,
  jsonLength: string | undefined,
): { readonly json: unknown; readonly bytes: Buffer } => {
  if (jsonLength === undefined) return { json: parseJson(body), bytes: Buffer.alloc(0) };
  const length = /^\d+$/u.test(jsonLength) ? Number(jsonLength) : NaN;
  if (!(length <= body.byteLength))
    throw new MalformedBodyError(
      `${JSON_LENGTH_HEADER} is ${jsonLength}, the body has ${body.byteLength} bytes`,
    );
  return { json: parseJson(body.subarray(0, length)), bytes: body.subarray(length) };
};

/** Reads little-endian float32, which may begin anywhere in a larger buffer. */
const toFloat32 = (bytes: Buffer): Float32Array => {
  const aligned = Uint8Array.from(bytes);
  if (endianness() === 'BE') Buffer.from(aligned.buffer).swap32();
  return new Float32Array(aligned.buffer);
};

const flatten = (input: RequestedInput, length: number): Float32Array => {
  const values = input.data?.flat(input.shape.length - 1) ?? [];
  if (values.length !== length)
    throw new TensorRequestError(
      `"${input.name}" has ${values.length} numbers, its shape asks for ${length}`,
    );
  if (!values.every((value) => typeof value === 'number'))
    throw new TensorRequestError(`"${input.name}" has something else than numbers`);
  return Float32Array.from(values);
};

const lengthOf = ({ shape }: RequestedInput): number => shape.reduce((product, size) => product * size, 1);

/**
 * Takes the numbers of an input out of a message, from its JSON or from the bytes after it.
 *
 * @throws {TensorRequestError} when they are not as many as the shape says.
 */
export const readInput = (input: RequestedInput, bytes: Buffer): Float32Array => {
  const size = input.parameters?.binary_data_size;
  const byteLength = size === undefined ? 0 : lengthOf(input) * Float32Array.BYTES_PER_ELEMENT;
  if (bytes.byteLength !== byteLength || (size ?? 0) !== byteLength)
    throw new TensorRequestError(
      `"${input.name}" has a binary_data_size of ${JSON.stringify(size ?? 0)}, and ${bytes.byteLength} bytes follow; ` +
        `its shape asks for ${byteLength}`,
    );
  return size === undefined ? flatten(input, lengthOf(input)) : toFloat32(bytes);
};
