import { int, type Value } from '../graph/graph.ts';
import type { LayerCall } from './layer-call.ts';

/** A mask that no layer may read, as tfjs itself gets it wrong. */
export class BrokenMask {
  /** @param reason what is wrong, as the rest of a sentence: `of two layers joined`. */
  constructor(readonly reason: string) {}
}

/** Which elements of a batch's sequences count: bools, of the sequence's shape without its last axis. */
export type Mask = Value | BrokenMask;

/** What a layer makes of the masks of its inputs. */
type MaskRule = (call: LayerCall, masks: readonly (Mask | undefined)[]) => Mask | undefined;

const differsFrom = (call: LayerCall, input: Value, value: number): Value =>
  call.add('Not', [call.add('Equal', [input, call.scalar('masked', value, input.dtype)])]);

/** A step counts where any of its features differs from the masked value. */
const masking: MaskRule = (call) => countsAnywhere(call, call.config['maskValue'] as number);

/** Bools of the input's shape without its last axis: whether any number along it differs from the given one. */
export const countsAnywhere = (call: LayerCall, value: number, keepsAxis = false): Value => {
  const counts = call.cast(differsFrom(call, call.input, value), 'int32');
  const axes = call.integers('features', [call.input.shape.length - 1]);
  return call.cast(call.add('ReduceMax', [counts, axes], { keepdims: int(keepsAxis ? 1 : 0) }), 'bool');
};

const embedding: MaskRule = (call) =>
  call.config['maskZero'] === true ? differsFrom(call, call.input, 0) : undefined;

/** Layers over sequences hand the mask on where they give a sequence. */
const recurrent: MaskRule = (call, [mask]) => (call.config['returnSequences'] === true ? mask : undefined);

/** The setting of a Bidirectional is that of the layer inside. */
const bidirectional: MaskRule = (call, [mask]) => {
  const { config } = call.config['layer'] as { config: { returnSequences?: boolean } };
  return config.returnSequences === true ? mask : undefined;
};

const merged: MaskRule = (_, masks) =>
  masks.every((mask) => mask === undefined)
    ? undefined
    : new BrokenMask('of layers that were joined, which tfjs puts together in a wrong shape');

/** Side by side, a step counts where it does in all; one behind the other, each keeps its own steps. */
const concatenated: MaskRule = (call, masks) => {
  const known = masks.filter((mask) => mask !== undefined);
  if (known.length === 0) return undefined;
  const broken = known.find((mask) => mask instanceof BrokenMask);
  if (broken !== undefined) return broken;
  const values = known as readonly Value[];
  const axis = call.config['axis'] as number;
  if (call.inputs.some(({ shape }) => shape.length !== 3) || values.some(({ shape }) => shape.length !== 2))
    return new BrokenMask('of layers of these ranks, concatenated');
  if (axis === -1 || axis === 2) return values.reduce((one, other) => call.add('And', [one, other]));
  return values.length === masks.length
    ? call.add('Concat', values, { axis: int(1) })
    : new BrokenMask('for some of the layers concatenated, which tfjs cannot put together');
};

const none: MaskRule = () => undefined;

const RULES: Readonly<Record<string, MaskRule>> = {
  Add: merged,
  Average: merged,
  Bidirectional: bidirectional,
  Concatenate: concatenated,
  ConvLSTM2D: recurrent,
  Dot: none,
  Embedding: embedding,
  GRU: recurrent,
  LSTM: recurrent,
  Masking: masking,
  Maximum: merged,
  Minimum: merged,
  Multiply: merged,
  RNN: recurrent,
  SimpleRNN: recurrent,
};

/**
 * Writes the mask that a layer hands on, by tfjs's own rules, which are not Keras's everywhere.
 *
 * @param masks those of the layer's inputs.
 * @param supportsMasking what tfjs says of the layer: others drop masks.
 */
export const maskAfter = (
  call: LayerCall,
  masks: readonly (Mask | undefined)[],
  supportsMasking: boolean,
): Mask | undefined => {
  if (!supportsMasking) return undefined;
  return Object.hasOwn(RULES, call.className) ? RULES[call.className]?.(call, masks) : masks[0];
};
