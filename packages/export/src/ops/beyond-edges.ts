import type { Value } from '../graph/graph.ts';
import type { OpCall } from '../graph-model/op-call.ts';

/** Places along one axis of the image, `[images, rows, columns]`, and the axis's number of pixels. */
export interface Places {
  readonly at: Value;
  readonly size: Value;
}

/** Arithmetic on places along one axis. */
class Axis {
  readonly zero: Value;
  readonly one: Value;
  readonly last: Value;

  constructor(
    readonly call: OpCall,
    readonly size: Value,
  ) {
    this.zero = call.scalar('zero', 0);
    this.one = call.scalar('one', 1);
    this.last = this.minus(size, this.one);
  }

  plus(one: Value, other: Value): Value {
    return this.call.add('Add', [one, other]);
  }

  minus(one: Value, other: Value): Value {
    return this.call.add('Sub', [one, other]);
  }

  times(one: Value, other: Value): Value {
    return this.call.add('Mul', [one, other]);
  }

  /** How often a length goes into a distance. */
  rounds(distance: Value, length: Value): Value {
    return this.call.add('Floor', [this.call.add('Div', [distance, length])]);
  }

  clamped(at: Value): Value {
    return this.call.add('Min', [this.call.add('Max', [at, this.zero]), this.last]);
  }

  /** One of three: before the first pixel, behind the last one, and in between. */
  choose(at: Value, before: Value, behind: Value): Value {
    const isBehind = this.call.add('Greater', [at, this.last]);
    const otherwise = this.call.add('Where', [isBehind, behind, at]);
    return this.call.add('Where', [this.call.add('Less', [at, this.zero]), before, otherwise]);
  }
}

/** The image again and again; tfjs counts the rounds by the distance between the first and the last pixel. */
const wrapped = (axis: Axis, at: Value): Value => {
  const { call, size, last, one } = axis;
  const before = axis.times(size, axis.plus(axis.rounds(call.add('Neg', [at]), last), one));
  const behind = axis.times(size, axis.rounds(at, last));
  return axis.clamped(axis.choose(at, axis.plus(at, before), axis.minus(at, behind)));
};

/** The image and its mirror image in turns. */
const reflected = (axis: Axis, at: Value): Value => {
  const { call, size, one } = axis;
  const double = axis.plus(size, size);
  const within = (distance: Value): Value =>
    axis.minus(distance, axis.times(double, axis.rounds(distance, double)));
  const fromStart = within(call.add('Neg', [at]));
  const before = call.add('Where', [
    call.add('Greater', [fromStart, size]),
    axis.minus(double, fromStart),
    axis.minus(fromStart, one),
  ]);
  const fromEnd = within(at);
  const behind = call.add('Where', [
    call.add('GreaterOrEqual', [fromEnd, size]),
    axis.minus(axis.minus(double, fromEnd), one),
    fromEnd,
  ]);
  return axis.clamped(axis.choose(at, before, behind));
};

/** Places that lie beyond the edges, put where the fill mode takes their pixels from. */
export const withinEdges = (call: OpCall, { at, size }: Places, mode: string): Value => {
  const axis = new Axis(call, size);
  if (mode === 'nearest') return axis.clamped(at);
  if (mode === 'wrap') return wrapped(axis, at);
  return mode === 'reflect' ? reflected(axis, at) : at;
};
