import { MienError } from './mien-error.ts';

/** A graph is not the one that its card describes. */
export class GraphMismatchError extends MienError {
  override readonly name = 'GraphMismatchError';
  constructor(
    /** Where the graph is from: its path or address, or how many bytes were passed. */
    readonly model: string,
    readonly expectedSha256: string,
    readonly actualSha256: string,
  ) {
    super(
      `${model} is not the graph of its card: SHA-256 is ${actualSha256.slice(0, 12)}…, ` +
        `the card says ${expectedSha256.slice(0, 12)}…. Use the model.onnx and the card of one and the same export.`,
    );
  }
}
