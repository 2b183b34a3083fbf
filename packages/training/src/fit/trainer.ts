import tf from '@tensorflow/tfjs';
import type { Batch } from '../augment/batch.ts';
import { assignFlat, fillKernels, flatten } from './flat-weights.ts';
import { lossOfHeads, type HeadLoss } from './loss.ts';
import type { Network } from './network.ts';
import { createOptimizer, type Optimizer } from './optimizers.ts';
import type { Recipe } from './recipe.ts';
import type { Teachers } from './teachers.ts';
import type { Vectors } from './vectors.ts';

/** The settings that a single step follows. */
export type StepRecipe = Pick<
  Recipe,
  | 'optimizer'
  | 'momentum'
  | 'weightDecay'
  | 'loss'
  | 'labelSmoothing'
  | 'ownLabelsWeight'
  | 'ownLabelsSmoothing'
  | 'distillation'
  | 'emaDecay'
>;

/** A moving average that trusts its first values less, as TensorFlow's ExponentialMovingAverage with `num_updates`. */
const averageDecay = (emaDecay: number, step: number): number => Math.min(emaDecay, (1 + step) / (10 + step));

const readVector = async (tensor: tf.Tensor): Promise<Float32Array> => (await tensor.data()) as Float32Array;

const toTensors = ({ pixels, targets, size, heightPx, widthPx }: Batch): [tf.Tensor4D, tf.Tensor2D] => [
  tf.tensor4d(pixels, [size, heightPx, widthPx, pixels.length / (size * heightPx * widthPx)]),
  tf.tensor2d(targets, [size, targets.length / size]),
];

/**
 * Owns everything that changes from step to step, as flat vectors on the device: the weights, the optimiser's slots,
 * the averaged weights. Running statistics stay in the network, whose layers update them.
 */
export class Trainer {
  readonly #network: Network;
  readonly #recipe: StepRecipe;
  readonly #teachers: Teachers | undefined;
  readonly #optimizer: Optimizer;
  readonly #heads: readonly HeadLoss[];
  readonly #decay: tf.Tensor1D | undefined;
  readonly #state = new Map<string, tf.Tensor1D>();

  /**
   * Starts from the weights that the network has.
   *
   * @param teachers stay the caller's.
   */
  constructor(network: Network, recipe: StepRecipe, teachers?: Teachers) {
    this.#teachers = teachers;
    this.#network = network;
    this.#recipe = recipe;
    this.#optimizer = createOptimizer(recipe);
    const { labelSmoothing, ownLabelsWeight, ownLabelsSmoothing } = recipe;
    this.#heads = network.classes.map((classes, index) =>
      index === 0
        ? { classes, weight: 1, labelSmoothing }
        : { classes, weight: ownLabelsWeight, labelSmoothing: ownLabelsSmoothing },
    );
    this.#decay =
      recipe.weightDecay > 0 ? tf.keep(fillKernels(network.trainables, recipe.weightDecay)) : undefined;
    this.#put('parameters', flatten(network.trainables));
    for (const slot of this.#optimizer.slots)
      this.#put(`slot:${slot}`, tf.zerosLike(this.#get('parameters')));
    if (recipe.emaDecay === 0) return;
    this.#put('average:parameters', this.#get('parameters').clone());
    if (network.statistics.length > 0) this.#put('average:statistics', flatten(network.statistics));
  }

  /**
   * Takes one optimiser step. Nothing is read back from the device.
   *
   * @param step 0 for the run's first step.
   * @returns loss and number of right answers, `[2]`; the caller disposes it.
   */
  step(batch: Batch, step: number, learningRate: number): tf.Tensor1D {
    return tf.tidy(() => {
      this.#network.seedDropout(step);
      const { gradient, metrics } = this.#differentiate(batch);
      const { slots } = this.#optimizer;
      const updated = this.#optimizer.update({
        parameters: this.#get('parameters'),
        gradient,
        slots: slots.map((slot) => this.#get(`slot:${slot}`)),
        learningRate,
        step: step + 1,
        decay: this.#decay,
      });
      for (const [index, slot] of slots.entries())
        this.#put(`slot:${slot}`, updated.slots[index] as tf.Tensor1D);
      this.#put('parameters', updated.parameters);
      assignFlat(this.#network.trainables, updated.parameters);
      this.#average(averageDecay(this.#recipe.emaDecay, step));
      return metrics;
    });
  }

  /** Puts the weights that count (the averaged ones, if there are) into the network while `use` runs. */
  async withEvaluatedWeights<T>(use: () => Promise<T>): Promise<T> {
    if (!this.#isAveraged) return use();
    const { trainables, statistics } = this.#network;
    const live = statistics.length > 0 ? flatten(statistics) : undefined;
    assignFlat(trainables, this.#get('average:parameters'));
    if (live !== undefined) assignFlat(statistics, this.#get('average:statistics'));
    try {
      return await use();
    } finally {
      assignFlat(trainables, this.#get('parameters'));
      if (live !== undefined) assignFlat(statistics, live);
      live?.dispose();
    }
  }

  /** Reads back everything that {@link Trainer.restore} needs to go on bit for bit. */
  async snapshot(): Promise<Vectors> {
    const vectors = new Map(await readWeights(this.#network));
    for (const [name, tensor] of this.#state) vectors.set(name, await readVector(tensor));
    return vectors;
  }

  /** Reads back the weights that count, for {@link loadWeights}. */
  async evaluatedWeights(): Promise<Vectors> {
    return this.withEvaluatedWeights(() => readWeights(this.#network));
  }

  /** Takes up a snapshot that was made with the same network and recipe. */
  restore(vectors: Vectors): void {
    loadWeights(this.#network, vectors);
    for (const name of this.#state.keys()) this.#put(name, tf.tensor1d(vectors.get(name) as Float32Array));
  }

  /** Frees its vectors; the network stays. */
  dispose(): void {
    for (const tensor of this.#state.values()) tensor.dispose();
    this.#decay?.dispose();
  }

  get #isAveraged(): boolean {
    return this.#recipe.emaDecay > 0;
  }

  #get(name: string): tf.Tensor1D {
    return this.#state.get(name) as tf.Tensor1D;
  }

  #put(name: string, value: tf.Tensor1D): void {
    this.#state.get(name)?.dispose();
    this.#state.set(name, tf.keep(value));
  }

  #differentiate(batch: Batch): { gradient: tf.Tensor1D; metrics: tf.Tensor1D } {
    const [pixels, labels] = toTensors(batch);
    const targets = this.#taught(pixels, labels);
    const differentiated = this.#network.differentiate(pixels, (logits) =>
      lossOfHeads(this.#recipe.loss, logits, targets, this.#heads),
    );
    const [classes = 0] = this.#network.classes;
    const mainOf = (rows: tf.Tensor2D) => rows.slice([0, 0], [-1, classes]);
    // A row of zeros is of no class.
    const hasLabel = mainOf(labels).sum(-1).greater(0);
    const isRight = tf.equal(mainOf(differentiated.logits).argMax(-1), mainOf(labels).argMax(-1));
    const right = tf.logicalAnd(isRight, hasLabel).sum();
    const gradient = flatten(differentiated.gradients);
    return { gradient, metrics: tf.stack([differentiated.loss, right.toFloat()]) as tf.Tensor1D };
  }

  /** Targets of which a share is what the teachers say of these very pictures. */
  #taught(pixels: tf.Tensor4D, labels: tf.Tensor2D): tf.Tensor2D {
    if (this.#teachers === undefined) return labels;
    const { distillation } = this.#recipe;
    return labels.mul<tf.Tensor2D>(1 - distillation).add(this.#teachers.answer(pixels).mul(distillation));
  }

  #average(emaDecay: number): void {
    if (!this.#isAveraged) return;
    const follow = (name: string, current: tf.Tensor1D): void => {
      const average = this.#get(name);
      this.#put(name, average.add(current.sub(average).mul(1 - emaDecay)));
    };
    follow('average:parameters', this.#get('parameters'));
    if (this.#network.statistics.length > 0) follow('average:statistics', flatten(this.#network.statistics));
  }
}

const readWeights = async ({ trainables, statistics }: Network): Promise<Vectors> => {
  const vectors = new Map<string, Float32Array>();
  for (const [name, variables] of [
    ['parameters', trainables],
    ['statistics', statistics],
  ] as const) {
    if (variables.length === 0) continue;
    const flat = flatten(variables);
    vectors.set(name, await readVector(flat));
    flat.dispose();
  }
  return vectors;
};

/** Gives a network the weights that {@link Trainer.evaluatedWeights} or {@link Trainer.snapshot} read back. */
export const loadWeights = ({ trainables, statistics }: Network, vectors: Vectors): void => {
  tf.tidy(() => {
    assignFlat(trainables, tf.tensor1d(vectors.get('parameters') as Float32Array));
    if (statistics.length > 0) assignFlat(statistics, tf.tensor1d(vectors.get('statistics') as Float32Array));
  });
};
