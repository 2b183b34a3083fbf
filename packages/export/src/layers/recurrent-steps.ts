import { int, type Value } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';
import { numericTensor } from '../graph/tensor.ts';
import type { LayerCall } from './layer-call.ts';

/** What a recurrent layer comes to. */
export interface Recurrence {
  /** What it gives at each step, `[batch, steps, …]`, in the order in which it went through them. */
  readonly sequence: Value;
  /** The states after the last step; the first one is what it gives then. */
  readonly states: readonly Value[];
}

/** Turns a sequence around, `[batch, steps, …]`. */
export const backwards = (call: LayerCall, sequence: Value): Value =>
  call.add('Slice', [
    sequence,
    call.integers('starts', [-1]),
    call.integers('ends', [-(2 ** 31) + 1]),
    call.integers('axes', [1]),
    call.integers('steps', [-1]),
  ]);

/** A state of zeros for each of a batch, `[batch, …rest]`. */
export const zeroState = (call: LayerCall, batchOf: Value, rest: readonly number[]): Value => {
  const batch = batchOf.shape[0] ?? 1;
  const shape: Shape = [batch, ...rest];
  if (typeof batch === 'number') {
    const count = rest.reduce((product, size) => product * size, batch);
    return call.constant('state', numericTensor('float32', [batch, ...rest], new Float32Array(count)));
  }
  const first = call.add('Shape', [batchOf], { end: int(1) });
  const sizes = call.add('Concat', [first, call.integers('state-sizes', rest)], { axis: int(0) });
  return call.addShaped('Expand', [call.scalar('zero', 0), sizes], {}, shape);
};
