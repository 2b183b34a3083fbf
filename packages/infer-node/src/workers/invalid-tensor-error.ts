import { MienError } from '@mien/contract';

/** A tensor that was passed for a graph is not the one that the graph's card describes. */
export class InvalidTensorError extends MienError {
  override readonly name = 'InvalidTensorError';
  constructor(
    /** The graph's input. */
    readonly input: string,
    /** What is wrong with it. */
    readonly problem: string,
  ) {
    super(`Input "${input}" ${problem}. Pass what the graph's card describes.`);
  }
}
