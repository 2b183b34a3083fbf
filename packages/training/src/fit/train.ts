import { createBatchStream } from '../augment/batch-stream.ts';
import { allTargets } from '../dataset/all-targets.ts';
import { bestEpoch, type StopReason } from './best-epoch.ts';
import type { EpochRecord } from './history.ts';
import { Run, type TrainParams } from './run.ts';
import { loadWeights } from './trainer.ts';

/** What a training run came to. */
export interface TrainResult {
  readonly history: readonly EpochRecord[];
  readonly best: EpochRecord;
  readonly stopped: StopReason;
}

/**
 * Trains a network, from its start or from the last checkpoint, until its recipe says that it is over. All randomness
 * follows from the seed and the step's number, so that a run that was cut off and resumed ends with the same weights,
 * bit for bit, as one that was not.
 *
 * @throws {InterruptedError} after `signal`, once a checkpoint is written.
 * @throws {DivergedError} when the loss is no longer a finite number; the checkpoints stay as they were.
 */
export const train = async (params: TrainParams): Promise<TrainResult> => {
  const { network, recipe, checkpoints, geometry, seed, workers } = params;
  const last = await checkpoints.readLast();
  const run = new Run(params, last?.header, last?.vectors);
  try {
    if (run.stopped === undefined) {
      const stream = createBatchStream({
        split: { ...params.train, targets: allTargets(params.train) },
        ...geometry,
        classes: network.classes.reduce((sum, classes) => sum + classes, 0),
        recipe: recipe.augment,
        batchSize: recipe.batchSize,
        seed,
        firstStep: run.step,
        workers,
      });
      try {
        while (run.stopped === undefined) await run.epoch(stream);
      } finally {
        await stream.close();
      }
    }
    loadWeights(network, await checkpoints.readBest());
    return {
      history: run.history,
      best: bestEpoch(run.history) as EpochRecord,
      stopped: run.stopped,
    };
  } finally {
    run.dispose();
    network.seedDropout(null);
  }
};
