import { createRandom } from '@mien/contract';
import type { Batch } from '../augment/batch.ts';
import { openNetwork } from '../fit/network.ts';
import { Trainer } from '../fit/trainer.ts';
import type { Architecture } from '../model/architecture.ts';
import { getArchitecture } from '../model/architectures.ts';
import type { ComputeType } from './native/native-ops.ts';
import { selectBackend, type BackendInUse, type BackendName } from './select-backend.ts';

const CLASSES = 7;
const SEED = 1;
const WARM_UP_STEPS = 3;
/** A slow backend warms up, and is measured, no longer than this; one step at least. */
const WARM_UP_SECONDS = 5;
const MEASURED_SECONDS = 15;

/** What to measure. */
export interface MeasureParams {
  readonly backend: BackendName;
  readonly architecture: string;
  /** Images per step; the architecture's own where left out. */
  readonly batchSize?: number;
  /** What images are computed in; the architecture's own where left out. */
  readonly precision?: ComputeType;
  /** The most steps to take; a slow backend takes fewer. */
  readonly steps: number;
}

/** How fast one backend trains one architecture. */
export interface TrainingSpeed {
  readonly backend: BackendInUse;
  readonly batchSize: number;
  readonly steps: number;
  readonly imagesPerSecond: number;
}

const makeBatch = ({ input }: Architecture, size: number): Batch => {
  const random = createRandom(SEED);
  const { heightPx, widthPx, channels } = input;
  const targets = new Float32Array(size * CLASSES);
  for (let image = 0; image < size; image++) targets[image * CLASSES + random.integer(CLASSES)] = 1;
  const pixels = Float32Array.from({ length: size * heightPx * widthPx * channels }, () =>
    random.integer(256),
  );
  return { pixels, targets, size, heightPx, widthPx };
};

/** Takes steps until `most` are done or the time is up, and waits for the last to be computed. */
const takeSteps = async (
  trainer: Trainer,
  batch: Batch,
  { most, seconds, learningRate }: { most: number; seconds: number; learningRate: number },
): Promise<{ steps: number; seconds: number }> => {
  const start = performance.now();
  let steps = 0;
  let elapsed = 0;
  while (steps < most && elapsed < seconds) {
    const metrics = trainer.step(batch, steps, learningRate);
    steps++;
    // Reading back waits for a GPU; once every few steps, as training does not wait either.
    if (steps % 5 === 0 || steps === most) await metrics.data();
    metrics.dispose();
    elapsed = (performance.now() - start) / 1000;
  }
  return { steps, seconds: elapsed };
};

/**
 * Measures whole training steps (forward, backward, optimiser) on random images, after a warm-up, with the recipe
 * that the architecture comes with. Takes over this process's backend: run it in a process of its own.
 *
 * @throws {BackendUnavailableError} when the backend cannot run here.
 */
export const measureTraining = async (params: MeasureParams): Promise<TrainingSpeed> => {
  const backend = await selectBackend(params.backend);
  const architecture = getArchitecture(params.architecture);
  const { recipe } = architecture;
  const batchSize = params.batchSize ?? recipe.batchSize;
  const precision = params.precision ?? recipe.precision;
  const network = openNetwork(architecture.build({ classes: CLASSES, seed: SEED }), SEED, precision);
  const trainer = new Trainer(network, recipe);
  const batch = makeBatch(architecture, batchSize);
  const { learningRate } = recipe;
  await takeSteps(trainer, batch, { most: WARM_UP_STEPS, seconds: WARM_UP_SECONDS, learningRate });
  const { steps, seconds } = await takeSteps(trainer, batch, {
    most: params.steps,
    seconds: MEASURED_SECONDS,
    learningRate,
  });
  trainer.dispose();
  network.dispose();
  return { backend, batchSize, steps, imagesPerSecond: (steps * batchSize) / seconds };
};
