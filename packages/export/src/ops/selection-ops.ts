import { int, type Value } from '../graph/graph.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { promoteNumbers, toFloat } from './promote.ts';

/** A number as a list of one int64. */
const listOfOne = (call: OpCall, value: Value): Value => {
  const int64 = call.cast(value, 'int64');
  return int64.shape.length === 1 ? int64 : call.add('Unsqueeze', [int64, call.integers('axes', [0])]);
};

const topK: OpConverter = (call) => {
  const x = promoteNumbers(call, [call.tensor(0)])[0] as Value;
  const [values, places] = call.addMany('TopK', [x, listOfOne(call, call.tensor(1))], { axis: int(-1) }) as [
    Value,
    Value,
  ];
  return [values, call.cast(places, 'int32')];
};

/** The places of what is true, one row for each. */
const where: OpConverter = (call) =>
  call.cast(call.transpose(call.add('NonZero', [call.cast(call.tensor(0), 'bool')]), [1, 0]), 'int32');

interface Suppression {
  readonly boxes: Value;
  readonly scores: Value;
  readonly selected: Value;
}

/** ONNX takes boxes of many images and scores of many classes; here there is one of each. */
const suppress = (call: OpCall): Suppression => {
  const [boxes, scores, most] = call.tensors(0, 3) as [Value, Value, Value];
  const list = (index: number): Value => {
    const value = toFloat(call, call.tensor(index));
    return value.shape.length === 1 ? value : call.add('Unsqueeze', [value, call.integers('axes', [0])]);
  };
  const thresholds = call.inputs.length > 4 ? [list(3), list(4)] : [list(3)];
  const found = call.add('NonMaxSuppression', [
    call.add('Unsqueeze', [boxes, call.integers('image', [0])]),
    call.add('Unsqueeze', [scores, call.integers('image-and-class', [0, 1])]),
    listOfOne(call, most),
    ...thresholds,
  ]);
  const selected = call.add('Gather', [found, call.scalar('box', 2, 'int64')], { axis: int(1) });
  return { boxes, scores, selected: call.cast(selected, 'int32') };
};

const refuseSoft = (call: OpCall): void => {
  if (call.constantNumber(5) !== 0)
    throw call.unsupported('with soft suppression (softNmsSigma other than 0)');
};

const suppressWithScores: OpConverter = (call) => {
  refuseSoft(call);
  const { scores, selected } = suppress(call);
  return [selected, call.add('Gather', [scores, selected], { axis: int(0) })];
};

/** Fills up with zeros to the number that was asked for, and says how many are real. */
const suppressPadded: OpConverter = (call) => {
  const { selected } = suppress(call);
  const count = call.add('Shape', [selected]);
  const valid = call.add('Squeeze', [call.cast(count, 'int32'), call.integers('axes', [0])]);
  if (!call.attributes.boolean('pad_to_max_output_size')) return [selected, valid];
  const missing = call.add('Sub', [listOfOne(call, call.tensor(2)), count]);
  const pads = call.add('Concat', [call.integers('start', [0]), missing], { axis: int(0) });
  const [most] = call.contents(2) ?? [];
  const shape = most === undefined ? undefined : [most];
  const padded =
    shape === undefined
      ? call.add('Pad', [selected, pads])
      : call.addShaped('Pad', [selected, pads], {}, shape);
  return [padded, valid];
};

const unique =
  (axisOf: (call: OpCall) => number | undefined): OpConverter =>
  (call) => {
    const x = call.tensor(0);
    const axis = axisOf(call);
    const attributes = { sorted: int(0), ...(axis === undefined ? {} : { axis: int(axis) }) };
    // onnxruntime has this for int64, not for int32.
    const whole = x.dtype === 'float32' ? x : call.cast(x, 'int64');
    const [values, , places] = call.addMany('Unique', [whole], attributes, 3) as [Value, Value, Value];
    return [call.cast(values, x.dtype), call.cast(places, 'int32')];
  };

const uniqueAxis = (call: OpCall): number | undefined => {
  const rank = call.tensor(0).shape.length;
  const axes = call.knownIntegers(1, 'axis');
  return axes.length === 0 ? undefined : call.axis(axes[0] as number, rank);
};

/** The elements of one list that are not in another, and their places. */
const listDiff: OpConverter = (call) => {
  const [x, y] = promoteNumbers(call, call.tensors(0, 2)) as [Value, Value];
  const same = call.add('Equal', [
    call.add('Unsqueeze', [x, call.integers('column', [1])]),
    call.add('Unsqueeze', [y, call.integers('row', [0])]),
  ]);
  const count = call.add('ReduceSum', [call.cast(same, 'int32'), call.integers('axes', [1])], {
    keepdims: int(0),
  });
  const isLeft = call.add('Equal', [count, call.scalar('zero', 0, 'int32')]);
  const places = call.add('Squeeze', [call.add('NonZero', [isLeft]), call.integers('list', [0])]);
  return [call.add('Gather', [x, places], { axis: int(0) }), call.cast(places, 'int32')];
};

/** Where values would go into sorted lists: how many elements lie before them. */
const bound =
  (comparison: 'Less' | 'LessOrEqual'): OpConverter =>
  (call) => {
    const [sorted, values] = promoteNumbers(call, call.tensors(0, 2)) as [Value, Value];
    const isBefore = call.add(comparison, [
      call.add('Unsqueeze', [sorted, call.integers('row', [1])]),
      call.add('Unsqueeze', [values, call.integers('column', [2])]),
    ]);
    return call.add('ReduceSum', [call.cast(isBefore, 'int32'), call.integers('axes', [2])], {
      keepdims: int(0),
    });
  };

/** Counts how often each number below a limit occurs, each occurrence with its weight. */
const binCount: OpConverter = (call) => {
  const [x, , weights] = call.tensors(0, 3) as [Value, Value, Value];
  const isWeighted = weights.shape.every((dim) => dim !== 0);
  const size = call.knownNumber(1, 'size');
  const places = call.add('Range', [
    call.scalar('zero', 0, 'int64'),
    call.scalar('size', size, 'int64'),
    call.scalar('one', 1, 'int64'),
  ]);
  const hits = call.add('Equal', [
    call.add('Unsqueeze', [call.cast(x, 'int64'), call.integers('classes', [x.shape.length])]),
    places,
  ]);
  const axes = call.integers('axes', [x.shape.length - 1]);
  const isBinary = call.attributes.boolean('binary_output');
  const counted = call.cast(hits, 'float32');
  const weighted =
    isWeighted && !isBinary
      ? call.add('Mul', [
          counted,
          call.add('Unsqueeze', [toFloat(call, weights), call.integers('spread', [x.shape.length])]),
        ])
      : counted;
  return call.add(isBinary ? 'ReduceMax' : 'ReduceSum', [weighted, axes], { keepdims: int(0) });
};

/** Operators whose results depend on what the values are: the largest, those that count, those that are true. */
export const selectionOps: OpConverters = {
  Bincount: binCount,
  DenseBincount: binCount,
  ListDiff: listDiff,
  LowerBound: bound('Less'),
  NonMaxSuppressionV2: (call) => suppress(call).selected,
  NonMaxSuppressionV3: (call) => suppress(call).selected,
  NonMaxSuppressionV4: suppressPadded,
  NonMaxSuppressionV5: suppressWithScores,
  TopKV2: topK,
  Unique: unique(() => 0),
  UniqueV2: unique(uniqueAxis),
  UpperBound: bound('LessOrEqual'),
  Where: where,
};
