import type { Tensors } from '@mien/pipeline';
import { InvalidTensorError } from './invalid-tensor-error.ts';

/** What a card says of a graph's one input. */
interface InputOfCard {
  readonly name: string;
  /** Fixed lengths as numbers; names where any length will do. */
  readonly shape: readonly (string | number)[];
}

/**
 * Checks tensors against the input that a graph's card describes.
 *
 * @throws {InvalidTensorError} when one is missing, not known, or of another shape.
 */
export const assertInputs = (inputs: Tensors, { name, shape }: InputOfCard): void => {
  const stranger = Object.keys(inputs).find((other) => other !== name);
  if (stranger !== undefined)
    throw new InvalidTensorError(stranger, `is not known; there is "${name}" alone`);
  const tensor = inputs[name];
  if (tensor === undefined) throw new InvalidTensorError(name, 'is missing');
  const { data, dims } = tensor;
  const fits = dims.length === shape.length && shape.every((length, axis) => isLength(dims[axis], length));
  if (!fits) throw new InvalidTensorError(name, `has shape [${dims.join(', ')}], not [${shape.join(', ')}]`);
  const size = dims.reduce((product, length) => product * length, 1);
  if (data.length !== size)
    throw new InvalidTensorError(name, `holds ${data.length} numbers, not ${dims.join(' × ')}`);
};

const isLength = (length: number | undefined, expected: string | number): boolean =>
  Number.isInteger(length) &&
  (length as number) >= 1 &&
  (typeof expected === 'string' || length === expected);
