import type tf from '@tensorflow/tfjs';
import type { InputGeometry } from '@mien/pixels';
import type { Recipe } from '../fit/recipe.ts';

/** A further softmax head. */
export interface SecondHead {
  /** The layer's, and so the output's, name. */
  readonly name: string;
  readonly classes: number;
}

/** What a network is built for. */
export interface BuildParams {
  /** Number of classes, two or more. */
  readonly classes: number;
  /** A second output on the same features; only for architectures that have {@link Architecture.takesSecondHead}. */
  readonly secondHead?: SecondHead | undefined;
  /** Seed of every weight: the same seed gives the same network, bit for bit. */
  readonly seed: number;
  /** Input size and channels, where they differ from the architecture's own. */
  readonly input?: InputGeometry;
}

/** A network that can be trained: its graph, and the settings that it trains well with. */
export interface Architecture {
  /** The name on the command line and in the card. */
  readonly name: string;
  /** One line for people who choose between architectures. */
  readonly description: string;
  /** The size and colour in which it takes its faces. */
  readonly input: InputGeometry;
  /** True where training may crop the images to another size than the finished model takes. */
  readonly trainsOnCrops: boolean;
  /** True where it can learn a second set of labels beside the first. */
  readonly takesSecondHead: boolean;
  /** The settings of a run that names none. */
  readonly recipe: Recipe;
  /**
   * Builds the untrained network: takes pixels in [0, 255], float32 `[N, heightPx, widthPx, channels]`, scales them
   * itself, and ends with a dense softmax layer that gives probabilities `[N, classes]`, one for each head.
   *
   * @throws {InvalidBuildError} when there are fewer than two classes, or the input is too small.
   */
  build(params: BuildParams): tf.LayersModel;
}
