import { describeError } from '@mien/contract';
import { BackendUnavailableError } from './backend-unavailable-error.ts';
import { measureTraining, type MeasureParams } from './measure-training.ts';

// The process that bench-backends.ts forks for each measurement.
process.once('message', (params: MeasureParams) => {
  const answer = (message: object): void => {
    process.send?.(message, () => process.exit(0));
  };
  measureTraining(params).then(
    (speed) => answer({ speed }),
    (error: unknown) =>
      answer({ reason: error instanceof BackendUnavailableError ? error.reason : describeError(error) }),
  );
});
