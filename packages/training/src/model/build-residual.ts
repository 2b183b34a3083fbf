import { MAIN_OUTPUT, mixSeed } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import type { BuildParams } from './architecture.ts';
import { assertBuildable } from './invalid-build-error.ts';
import { createResidualBlocks } from './residual-blocks.ts';

/** One stage of a residual network; the image is halved between stages. */
export interface Stage {
  readonly filters: number;
  /** Residual blocks one after the other. */
  readonly blocks: number;
}

/** What distinguishes one residual network from another. */
export interface ResidualPlan {
  readonly name: string;
  readonly stages: readonly [Stage, ...Stage[]];
  /** Share of the features that is left out at random while training. */
  readonly dropout: number;
}

/** Input, where a network is not built for another. */
export const RESIDUAL_INPUT = { widthPx: 48, heightPx: 48, channels: 1 } as const;

/**
 * Builds a small residual network (He et al. 2016) with squeeze-and-excitation (Hu et al. 2018): a stem, stages of
 * residual blocks with max-pooling between, global average, dropout, one softmax for each head. It has no layer that is
 * bound to a size, so that training may use crops.
 *
 * @throws {InvalidBuildError} when there are fewer than two classes, or the stages would halve the input to nothing.
 */
export const buildResidual = (
  { name, stages, dropout }: ResidualPlan,
  { classes, secondHead, seed, input: { widthPx, heightPx, channels } = RESIDUAL_INPUT }: BuildParams,
): tf.LayersModel => {
  assertBuildable(name, { classes, widthPx, heightPx }, 2 ** (stages.length - 1));
  const blocks = createResidualBlocks(seed);
  const pixels = tf.input({ name: 'pixels', shape: [heightPx, widthPx, channels] });
  const scaled = tf.layers
    .rescaling({ name: 'rescaling', scale: 1 / 127.5, offset: -1 })
    .apply(pixels) as tf.SymbolicTensor;
  let features = blocks.convBnRelu(scaled, 'stem', stages[0].filters);
  for (const [index, { filters, blocks: count }] of stages.entries()) {
    if (index > 0) {
      features = tf.layers
        .maxPooling2d({ name: `pool${index}`, poolSize: 2 })
        .apply(features) as tf.SymbolicTensor;
    }
    for (let block = 0; block < count; block++) {
      const suffix = block === 0 ? '' : `_block${block + 1}`;
      features = blocks.residual(features, `stage${index + 1}${suffix}`, filters);
    }
  }
  const pooled = tf.layers.globalAveragePooling2d({ name: 'average' }).apply(features);
  const dropped = tf.layers.dropout({ name: 'dropout', rate: dropout }).apply(pooled);
  const head = (output: string, units: number, index: number) =>
    tf.layers
      .dense({
        name: output,
        units,
        activation: 'softmax',
        kernelInitializer: tf.initializers.glorotUniform({ seed: mixSeed(seed, 0, index) }),
      })
      .apply(dropped) as tf.SymbolicTensor;
  const outputs = [head(MAIN_OUTPUT, classes, 0)];
  if (secondHead !== undefined) outputs.push(head(secondHead.name, secondHead.classes, 1));
  return tf.model({ name, inputs: pixels, outputs });
};
