import type { Tensors } from '@mien/pipeline';
import { BodyTooLargeError, TensorRequestError } from '../problem/request-errors.ts';
import { readInput, type RequestedInput } from './infer-message.ts';
import type { ServedGraph, TensorInfo } from './served-graph.ts';

/** What a request may choose for a size that the graph leaves open: memory grows with it. */
const MAX_OPEN_SIZE = 64;

const words = (shape: readonly (number | null)[]): string =>
  `[${shape.map((size) => size ?? -1).join(', ')}]`;

const checkInput = (given: RequestedInput, { name, shape: wanted }: TensorInfo): void => {
  const { datatype, shape } = given;
  if (datatype !== 'FP32')
    throw new TensorRequestError(`"${name}" is of datatype ${JSON.stringify(datatype)}, not "FP32"`);
  const fits =
    shape.length === wanted.length &&
    shape.every((size, axis) => size >= 1 && (wanted[axis] ?? size) === size);
  if (!fits) throw new TensorRequestError(`"${name}" has shape ${words(shape)}, not ${words(wanted)}`);
  const largest = Math.max(...shape.filter((_, axis) => wanted[axis] === null));
  if (largest > MAX_OPEN_SIZE)
    throw new BodyTooLargeError(`"${name}" has shape ${words(shape)}`, `${MAX_OPEN_SIZE} in an open size`);
};

/**
 * Makes a request's inputs into tensors for a graph.
 *
 * @throws {TensorRequestError} when they are not what the graph takes.
 * @throws {BodyTooLargeError} when there are too many in one request.
 */
export const toTensors = (
  { name, input }: ServedGraph,
  given: readonly RequestedInput[],
  bytes: Buffer,
): Tensors => {
  const [only, ...others] = given;
  if (only?.name !== input.name || others.length > 0) {
    const names = given.map((one) => JSON.stringify(one.name)).join(', ');
    throw new TensorRequestError(`${name} takes one input, "${input.name}"; given: ${names}`);
  }
  checkInput(only, input);
  return { [input.name]: { data: readInput(only, bytes), dims: only.shape } };
};
