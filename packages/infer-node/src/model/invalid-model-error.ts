import { MienError } from '@mien/contract';

/** ONNX Runtime cannot load or run the graph, whatever the device. */
export class InvalidModelError extends MienError {
  override readonly name = 'InvalidModelError';
  constructor(
    /** What the runtime said. */
    readonly reason: string,
  ) {
    super(`ONNX Runtime cannot use this model: ${reason}. Export the model again.`);
  }
}
