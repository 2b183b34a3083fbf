import type { OpCall } from '../graph-model/op-call.ts';

/** What a StridedSlice does to one axis of its input. */
export interface AxisSlice {
  readonly axis: number;
  /** Where its bounds stand in the lists of bounds. */
  readonly place: number;
  readonly stride: number;
  /** True where it starts at the axis's beginning, whatever the list says. */
  readonly fromStart: boolean;
  readonly toEnd: boolean;
  /** True where it takes one element, and the axis goes. */
  readonly single: boolean;
}

/** A StridedSlice, spelled out. */
export interface StridedSlice {
  readonly slices: readonly AxisSlice[];
  /** Where axes of size 1 come in, in the result. */
  readonly newAxes: readonly number[];
}

/** Reads the masks of a StridedSlice: bit `i` is about entry `i` of the lists. */
const maskOf =
  (call: OpCall, name: string): ((place: number) => boolean) =>
  (place) =>
    ((call.attributes.number(name, 0) >> place) & 1) === 1;

/**
 * Spells out which axis each entry of a StridedSlice is about: an ellipsis stands for as many as are left over, and new
 * axes are of the result alone.
 *
 * @param rank the input's.
 */
export const readStridedSlice = (call: OpCall, rank: number): StridedSlice => {
  const strides = call.knownIntegers(3, 'strides');
  const [isBegin, isEnd, isEllipsis, isNew, isSingle] = [
    'begin_mask',
    'end_mask',
    'ellipsis_mask',
    'new_axis_mask',
    'shrink_axis_mask',
  ].map((name) => maskOf(call, name)) as [
    (place: number) => boolean,
    (place: number) => boolean,
    (place: number) => boolean,
    (place: number) => boolean,
    (place: number) => boolean,
  ];
  const named = strides.filter((_, place) => !isEllipsis(place) && !isNew(place)).length;
  const slices: AxisSlice[] = [];
  const newAxes: number[] = [];
  let axis = 0;
  let resultAxis = 0;
  for (const [place, stride] of strides.entries()) {
    if (isEllipsis(place)) {
      axis += rank - named;
      resultAxis += rank - named;
    } else if (isNew(place)) {
      newAxes.push(resultAxis++);
    } else {
      const single = isSingle(place);
      slices.push({
        axis: axis++,
        place,
        stride,
        fromStart: isBegin(place) && !single,
        toEnd: isEnd(place),
        single,
      });
      if (!single) resultAxis++;
    }
  }
  if (axis > rank) throw call.unsupported(`of more axes than its input of rank ${rank} has`);
  return { slices, newAxes };
};
