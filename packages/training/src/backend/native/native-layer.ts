import type tf from '@tensorflow/tfjs';
import type { NativeTensor } from '../native-backend.ts';
import type { NativeOps } from './native-ops.ts';

/** What a layer's forward pass gives. */
export interface NativeResult {
  readonly output: NativeTensor;
  /**
   * @param gradient of the loss in the output, of the output's type.
   * @returns gradients in the inputs, in their order; undefined where none is needed.
   */
  readonly backward: (gradient: NativeTensor) => readonly (NativeTensor | undefined)[];
}

/** One application of a layer in a training step. */
export interface NativeCall<Layer extends tf.layers.Layer = tf.layers.Layer> {
  readonly ops: NativeOps;
  readonly layer: Layer;
  readonly inputs: readonly NativeTensor[];
  /** Whether the gradient in each input is needed: none is in front of the first weights. */
  readonly needsGradient: readonly boolean[];
  /** Number of the type in which images, rank 4, are computed; everything else is float32. */
  readonly imageType: number;
  /** One of the layer's weights, float32, by its place in `layer.trainableWeights`. */
  readonly weight: (index: number) => NativeTensor;
  /** Takes the gradient in that weight; of any float type. */
  readonly addGradient: (index: number, gradient: NativeTensor) => void;
  /** Takes the statistics of the batch that a normalisation layer follows, float32 `[channels]`. */
  readonly addStatistics: (mean: NativeTensor, variance: NativeTensor) => void;
}

/** Computes one kind of layer in training mode. */
export interface NativeLayer {
  /** True where it can compute this layer, whose settings it does not all know. */
  accepts(layer: tf.layers.Layer, input: tf.Shape): boolean;
  run(call: NativeCall): NativeResult;
}

/** The fields of tfjs-layers' layers that its typings call private. */
export interface LayerFields {
  readonly strides?: readonly number[];
  readonly poolSize?: readonly number[];
  readonly padding?: string;
  readonly dataFormat?: string;
  readonly dilationRate?: number | readonly number[];
  readonly useBias?: boolean;
  readonly activation?: { getClassName(): string };
  readonly epsilon?: number;
  readonly axis?: number;
  readonly center?: boolean;
  readonly scale?: boolean | number;
  readonly offset?: number;
  readonly targetShape?: readonly number[];
}

/** Looks at a layer's settings. */
export const fieldsOf = (layer: tf.layers.Layer): LayerFields => layer as unknown as LayerFields;

/** True where a layer's activation, if it has one, is among these. */
export const hasActivation = (layer: tf.layers.Layer, ...names: string[]): boolean =>
  names.includes(fieldsOf(layer).activation?.getClassName() ?? 'linear');
