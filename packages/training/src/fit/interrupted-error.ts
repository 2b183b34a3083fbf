import { MienError } from '@mien/contract';

/** A run was asked to stop; its checkpoint is written. */
export class InterruptedError extends MienError {
  override readonly name = 'InterruptedError';
  constructor(
    /** The epoch in progress, 1 for the first. */
    readonly epoch: number,
    /** Steps of that epoch that are done. */
    readonly step: number,
    readonly stepsPerEpoch: number,
    /** How to go on, in words. */
    howToGoOn = 'Run it again with mode "resume".',
  ) {
    super(
      `Stopped in epoch ${epoch} after step ${step} of ${stepsPerEpoch}; a checkpoint is saved. ${howToGoOn}`,
    );
  }
}
