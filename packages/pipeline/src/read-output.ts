import { MienError } from '@mien/contract';
import type { Tensors } from './run-graph.ts';

/** A graph gave something else than its card describes. */
export class InvalidGraphOutputError extends MienError {
  override readonly name = 'InvalidGraphOutputError';
  constructor(
    readonly output: string,
    readonly problem: string,
  ) {
    super(
      `The graph's output "${output}" ${problem}. Use the model.onnx and the card of one and the same export.`,
    );
  }
}

/**
 * Takes one output out of what a graph gave.
 *
 * @throws {InvalidGraphOutputError} when it is not there, or not of this shape.
 */
export const readOutput = (outputs: Tensors, name: string, shape: readonly number[]): Float32Array => {
  const output = outputs[name];
  if (output === undefined) {
    const given = Object.keys(outputs).join(', ') || 'none';
    throw new InvalidGraphOutputError(name, `is missing (outputs given: ${given})`);
  }
  const { data, dims } = output;
  if (dims.length !== shape.length || dims.some((length, axis) => length !== shape[axis])) {
    throw new InvalidGraphOutputError(name, `has shape [${dims.join(', ')}], not [${shape.join(', ')}]`);
  }
  if (data.length !== shape.reduce((product, length) => product * length, 1))
    throw new InvalidGraphOutputError(name, `holds ${data.length} numbers, not ${shape.join(' × ')}`);
  return data;
};
