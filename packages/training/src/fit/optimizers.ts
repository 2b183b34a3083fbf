import type tf from '@tensorflow/tfjs';
import type { OptimizerName, Recipe } from './recipe.ts';

/** What an optimiser sees of one step; every tensor is a flat vector over all trainable weights. */
export interface UpdateParams {
  readonly parameters: tf.Tensor1D;
  readonly gradient: tf.Tensor1D;
  /** The optimiser's own vectors, in the order of {@link Optimizer.slots}. */
  readonly slots: readonly tf.Tensor1D[];
  readonly learningRate: number;
  /** 1 for the run's first step. */
  readonly step: number;
  /** Weight decay of each weight; undefined where there is none. */
  readonly decay: tf.Tensor1D | undefined;
}

/** What an optimiser makes of one step. */
export interface Updated {
  readonly parameters: tf.Tensor1D;
  readonly slots: readonly tf.Tensor1D[];
}

/**
 * An optimiser as a pure function over flat vectors. One vector for all weights keeps the number of operations per
 * step small and independent of the depth of the network, and makes a checkpoint a handful of arrays.
 */
export interface Optimizer {
  /** Names of its vectors, all of which start at 0. */
  readonly slots: readonly string[];
  /** Call inside `tf.tidy`. */
  update(params: UpdateParams): Updated;
}

const withL2 = ({ gradient, parameters, decay }: UpdateParams): tf.Tensor1D =>
  decay === undefined ? gradient : gradient.add(parameters.mul(decay));

/** parameters − learning rate · gradient. */
const createSgd = (): Optimizer => ({
  slots: [],
  update: (params) => ({
    parameters: params.parameters.sub(withL2(params).mul(params.learningRate)),
    slots: [],
  }),
});

/** velocity ← μ·velocity + gradient; Nesterov steps along gradient + μ·velocity (Sutskever et al. 2013, as in tfjs). */
const createMomentum = (momentum: number, isNesterov: boolean): Optimizer => ({
  slots: ['velocity'],
  update: (params) => {
    const gradient = withL2(params);
    const velocity = (params.slots[0] as tf.Tensor1D).mul<tf.Tensor1D>(momentum).add<tf.Tensor1D>(gradient);
    const direction = isNesterov ? gradient.add<tf.Tensor1D>(velocity.mul(momentum)) : velocity;
    return { parameters: params.parameters.sub(direction.mul(params.learningRate)), slots: [velocity] };
  },
});

const BETA1 = 0.9;
const BETA2 = 0.999;
/** Keras' and tfjs' value. */
const EPSILON = 1e-7;

/** Adam (Kingma & Ba 2015) with bias correction; decoupled decay makes it AdamW (Loshchilov & Hutter 2019). */
const createAdam = (isDecoupled: boolean): Optimizer => ({
  slots: ['first-moment', 'second-moment'],
  update: (params) => {
    const { parameters, learningRate, step, decay } = params;
    const gradient = isDecoupled ? params.gradient : withL2(params);
    const [oldFirst, oldSecond] = params.slots as readonly [tf.Tensor1D, tf.Tensor1D];
    const first = oldFirst.mul<tf.Tensor1D>(BETA1).add<tf.Tensor1D>(gradient.mul(1 - BETA1));
    const second = oldSecond.mul<tf.Tensor1D>(BETA2).add<tf.Tensor1D>(gradient.square().mul(1 - BETA2));
    const secondCorrection = Math.sqrt(1 - BETA2 ** step);
    const rate = (learningRate * secondCorrection) / (1 - BETA1 ** step);
    const change = first.div(second.sqrt().add(EPSILON * secondCorrection)).mul<tf.Tensor1D>(rate);
    const decayed =
      isDecoupled && decay !== undefined
        ? parameters.sub<tf.Tensor1D>(parameters.mul(decay).mul(learningRate))
        : parameters;
    return { parameters: decayed.sub(change), slots: [first, second] };
  },
});

const optimizers: Readonly<Record<OptimizerName, (momentum: number) => Optimizer>> = {
  sgd: createSgd,
  momentum: (momentum) => createMomentum(momentum, false),
  nesterov: (momentum) => createMomentum(momentum, true),
  adam: () => createAdam(false),
  adamw: () => createAdam(true),
};

/** Makes the optimiser of a recipe. */
export const createOptimizer = ({
  optimizer,
  momentum = 0.9,
}: Pick<Recipe, 'optimizer' | 'momentum'>): Optimizer => optimizers[optimizer](momentum);
