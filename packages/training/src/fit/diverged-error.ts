import { MienError } from '@mien/contract';

/** Where and how a run broke down. */
export interface Divergence {
  readonly loss: number;
  /** 1 for the first epoch. */
  readonly epoch: number;
  /** 1 for the epoch's first step. */
  readonly step: number;
  readonly learningRate: number;
  /** The last epoch whose checkpoint is kept; 0 where there is none. */
  readonly lastGoodEpoch: number;
}

/** The loss or the weights are no longer finite numbers: training cannot go on. */
export class DivergedError extends MienError {
  override readonly name = 'DivergedError';
  constructor(readonly divergence: Divergence) {
    const { loss, epoch, step, learningRate, lastGoodEpoch } = divergence;
    const kept =
      lastGoodEpoch === 0
        ? 'No checkpoint was written yet'
        : `The checkpoint of epoch ${lastGoodEpoch} is kept`;
    super(
      `Training broke down in epoch ${epoch}, step ${step}: the loss is ${loss} at a learning rate of ` +
        `${learningRate}. ${kept}. Start anew with --fresh and a lower --lr (try ${Number((learningRate / 10).toPrecision(1))}), ` +
        'or a longer --warmup.',
    );
  }
}
